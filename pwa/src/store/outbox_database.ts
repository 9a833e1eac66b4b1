import type { Code } from '../wire/problems.ts';
import type { ActorRecord, Receipt, Stamp } from '../wire/protocol.ts';
import type { Place } from '../wire/vocabulary.ts';
import type { Layout } from './idb.ts';

/** One chain of this device. A closed one gets nothing added; what it lost in a restore is offered again. */
export interface ActorRow {
  readonly record: ActorRecord;
  /** Place among this browser's actors, from 1: the order in which they wrote. */
  readonly order: number;
  readonly state: 'open' | 'closed';
  readonly last_seq: number;
  readonly head: string;
  readonly acked_seq: number;
  /** How far an export file holds it. */
  readonly exported_seq: number;
  /** Of a closed one: the office of the present epoch has everything and said so, or would not take it back. */
  readonly settled: boolean;
  readonly problem: Code | null;
  /** The chain of another device of this person whose unsent work this one began with. */
  readonly took_over?: string;
}

/** What the outbox screen says of a captured group. */
export interface Label {
  /** The id that items are gathered under: the call's or the visit's. */
  readonly about: string;
  /** Key of a text that the screen knows. */
  readonly what: string;
  readonly who: string;
}

/** One operation as it was captured: its bytes are `text` in UTF-8 and change by nothing but an erasure. */
export interface OperationRow {
  readonly actor: string;
  readonly seq: number;
  readonly text: string;
  readonly size: number;
  readonly sha256: string;
  readonly head: string;
  readonly following: number;
  readonly kind: string;
  readonly doc: string;
  readonly at: number;
  readonly label: Label;
  /** SHA-256 of the files that were kept here and that this operation names. */
  readonly blobs: readonly string[];
  /** An erasure left only the frame in `text` (SPEC Y1): `sha256`, `size` and `head` are of what was sent. */
  readonly frame?: 1;
}

/** What the office said of an operation. */
export interface StampRow {
  readonly actor: string;
  readonly seq: number;
  readonly stamp: Stamp;
  readonly acked_at: number;
  /** There while a person of this device has still to read why it was held; an index finds only these. */
  readonly attention?: 1;
}

/** The signed word that a stretch is durable with its stamps, and the mark that proves how long the office's log was. */
export interface ReceiptRow {
  readonly actor: string;
  readonly seq: number;
  readonly receipt: Receipt;
  readonly mark: string;
}

/** This browser as a device of one person. */
export interface DeviceRow {
  readonly company: string;
  readonly user: string;
  readonly device: string;
  readonly place: Place;
  readonly keys: CryptoKeyPair;
}

/**
 * Version 1, append-only: never migrated, never dropped by an update, because it holds the only copy of somebody's
 * work. The key lives and dies with the chains that it signs.
 */
export const OUTBOX: Layout = {
  name: 'fieldproof-outbox',
  version: 1,
  upgrade(database) {
    database.createObjectStore('actors', { keyPath: 'record.actor' });
    const operations = database.createObjectStore('operations', { keyPath: ['actor', 'seq'] });
    operations.createIndex('blobs', 'blobs', { multiEntry: true });
    const stamps = database.createObjectStore('stamps', { keyPath: ['actor', 'seq'] });
    stamps.createIndex('acked_at', 'acked_at');
    stamps.createIndex('attention', 'attention');
    database.createObjectStore('receipts', { keyPath: ['actor', 'seq'] });
    database.createObjectStore('devices', { keyPath: ['company', 'user'] });
  },
};
