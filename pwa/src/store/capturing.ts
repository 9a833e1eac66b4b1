import { faultOf } from '../core/reading.ts';
import type { Code } from '../wire/problems.ts';
import type { Operation } from '../wire/protocol.ts';
import { actorsOf, extendChain, fitsOneRequest, loose, type Person } from './chain.ts';
import { type Edit, operationsOf } from './edit.ts';
import { transact } from './idb.ts';
import type { Label } from './outbox_database.ts';

/** The device never spoke with the office: there is no epoch to write in yet. */
export class NotReady extends Error {}

/** A group that could never be pushed whole. */
export class TooLarge extends Error {}

/** The office would hold this for what it is; the form should have asked again. */
export class Unfit extends Error {
  constructor(readonly code: Code) {
    super(code);
  }
}

/** What is written together, and what the outbox says of it. */
export interface Capture {
  readonly edits: readonly Edit[];
  readonly label: Label;
  /** SHA-256 of the files of these edits that are kept here. */
  readonly blobs: readonly string[];
  readonly at: number;
}

/**
 * Appends one group to the person's open chain; resolves when it is durable.
 *
 * Throws `NotReady`, `TooLarge`, `Unfit`, or what IndexedDB throws; nothing was written then.
 */
export function append(outbox: IDBDatabase, person: Person, capture: Capture): Promise<void> {
  return transact(outbox, ['actors', 'operations'], 'readwrite', async (transaction) => {
    const open = (await actorsOf(transaction, person)).find(({ state }) => state === 'open');
    if (!open) throw new NotReady();
    const operations = operationsOf(capture.edits, open.record.epoch, capture.at).map(fit);
    const group = operations.map((operation) => loose(operation, capture.label, named(operation, capture.blobs)));
    if (!fitsOneRequest(group)) throw new TooLarge();
    extendChain(transaction, open, group);
  });
}

function fit(operation: Operation): Operation {
  const fault = faultOf(operation);
  if (fault) throw new Unfit(fault);
  return operation;
}

function named(operation: Operation, blobs: readonly string[]): string[] {
  const values = Object.values(operation[6]);
  return blobs.filter((blob) => values.includes(blob));
}
