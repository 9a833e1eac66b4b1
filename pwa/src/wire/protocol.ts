// Written by `make gen` from schemas/. Do not edit.

import type { Place } from './vocabulary.ts';

/** The position of the row as it was rendered when the person began editing, and the branch that it is of (B1). */
export type Base = readonly [position: number, epoch: string];

/** Identity of one operation: its actor and the actor's gapless counter, from 1. */
export type Dot = readonly [actor: string, seq: number];

/**
 * One atomic write to one document, as it stands in the outbox and on the wire: a JSON array in this order.
 *
 * `following` counts the operations of the same group that come after this one; `over` names, for fields that
 * showed rivals, the writes whose value was shown; `resolve` supersedes every rival that the base covers.
 * Actor and seq are implied by the place in the chain.
 */
export type Operation = readonly [
  schema: number,
  kind: string,
  doc: string,
  base: Base,
  at: number,
  following: number,
  fields: Readonly<Record<string, unknown>>,
  resolve?: boolean,
  over?: Readonly<Record<string, ReadonlyArray<Dot>>>,
];

/** Who writes a chain, and from which past: a device of a user in an epoch; its hash begins it (SPEC A1, A3). */
export interface ActorRecord {
  readonly actor: string;
  readonly company: string;
  readonly device: string;
  readonly user: string;
  readonly place: Place;
  readonly epoch: string;
  readonly parent?: string | null;
  readonly parent_seq?: number;
  readonly parent_head?: string | null;
}

/** What the server fixed when it first received an operation (SPEC T1); `epoch` names the branch of its log. */
export type Stamp = readonly [
  epoch: string,
  position: number,
  received_at: number,
  effective_at: number,
  verdict: 'applied' | 'held',
  role: string,
  problem?: string | null,
];

/** One epoch of the lineage: its parent and the parent's last position that it contains (SPEC E1). */
export type EpochLink = readonly [epoch: string, parent: string | null, fork: number];

/**
 * What a device says first: who it writes as, how far its chain goes, what it still has to send.
 *
 * At most `MAX_HELLO_MARKS` marks and `MAX_HELLO_HEADS` heads. `took_over` is the chain of another device of the
 * same person whose unsent work this chain began with; `numbers` are the highest official numbers of each series
 * that the device saw in the epoch before, at most `MAX_HELLO_NUMBERS`.
 */
export interface Hello {
  readonly actor: ActorRecord;
  readonly last_seq: number;
  readonly chain_head: string;
  readonly proto: number;
  readonly schema: number;
  readonly app: string;
  readonly now: number;
  readonly pending: number;
  readonly oldest_pending_at?: number | null;
  readonly marks?: ReadonlyArray<string>;
  readonly heads?: ReadonlyArray<readonly [number, string]>;
  readonly took_over?: string | null;
  readonly numbers?: ReadonlyArray<string>;
}

/**
 * Where the server stands: the lineage, how much of this actor's chain it has, and its receipts' public key.
 *
 * `deeds` is what the device has to do now; a client that knows of none does none. `rescue_key` is the public key
 * to which it seals what it cannot send (SPEC X1).
 */
export interface HelloReply {
  readonly epoch: string;
  readonly lineage: ReadonlyArray<EpochLink>;
  readonly acked_seq: number;
  readonly head: string;
  readonly common_seq: number;
  readonly actor_state: 'behind' | 'closed' | 'forked' | 'open';
  readonly proto_range: readonly [number, number];
  readonly schema_range: readonly [number, number];
  readonly scope_version: string;
  readonly server_time: number;
  readonly receipt_key: string;
  readonly deeds?: ReadonlyArray<'wipe'>;
  readonly rescue_key?: string | null;
}

/**
 * First line of a push; one line for each of its `count` operations follows, kept as the bytes that were sent.
 *
 * Lines instead of an array: a line is found without reading it, so no operation can make its neighbours unreadable
 * (SPEC P2, ADR 0004). `pending` counts what the device has not brought yet, these operations included;
 * `oldest_left_at` is when the oldest that this push does not bring was captured, by the device's clock (SPEC P7).
 */
export interface PushHead {
  readonly actor: string;
  readonly first: number;
  readonly prev: string;
  readonly count: number;
  readonly now: number;
  readonly pending: number;
  readonly signature: string;
  readonly oldest_left_at?: number | null;
}

/**
 * The durable answer to a push or a re-offer: nothing in it is said before the commit (SPEC P4).
 *
 * `stamps` holds one stamp for each operation, as first receipt fixed it; `results` what was not simply applied.
 */
export interface PushReply {
  readonly acked_seq: number;
  readonly head: string;
  readonly epoch: string;
  readonly stamps: ReadonlyArray<Stamp>;
  readonly results: ReadonlyArray<readonly [number, 'held' | 'rivals', string | null]>;
  readonly mark: string;
  readonly receipt: Receipt;
}

/**
 * What the server signs for a stretch of a chain: it is durable, and these are its stamps (SPEC P6).
 *
 * `head` is the chain's at `seq`: it binds every byte up to there; `stamps` is the digest of its stamps.
 */
export interface Receipt {
  readonly company: string;
  readonly actor: string;
  readonly first: number;
  readonly seq: number;
  readonly head: string;
  readonly stamps: string;
  readonly epoch: string;
  readonly position: number;
  readonly at: number;
  readonly signature: string;
}

/**
 * First line of a re-offer: acknowledged operations that an older server copy no longer has (SPEC H1).
 *
 * `stamps` has one entry for each operation line that follows; they are believed as far as `receipts` prove them.
 * `frames` has seq and hash of what was sent of those lines that are frames by now (SPEC Y6).
 */
export interface ReOfferHead {
  readonly actor: ActorRecord;
  readonly first: number;
  readonly prev: string;
  readonly now: number;
  readonly stamps: ReadonlyArray<Stamp>;
  readonly receipts: ReadonlyArray<Receipt>;
  readonly signature: string;
  readonly frames?: ReadonlyArray<readonly [number, string]>;
}

/**
 * What one group wrote, signed by the server: whoever keeps it can bring it back after a restore (SPEC H2, H7).
 *
 * `operations` are the log's bytes in UTF-8, `hashes` those of what was sent, where some were reduced (SPEC Y4);
 * `heads` the chain's behind each of them; `past` the actors that it was renamed from, the nearest first.
 */
export interface Entrusted {
  readonly actor: ActorRecord;
  readonly past: ReadonlyArray<ActorRecord>;
  readonly first: number;
  readonly author: string;
  readonly place: Place;
  readonly operations: ReadonlyArray<string>;
  readonly heads: ReadonlyArray<string>;
  readonly stamps: ReadonlyArray<Stamp>;
  readonly signature: string;
  readonly hashes?: ReadonlyArray<string>;
}

/**
 * What a device keeps for the server: all that is in its scope from the mark that it asked behind to `mark`.
 *
 * The mark is told in hellos as well: a log that was put back to before it has lost something of it (SPEC E3).
 */
export interface EntrustedPage {
  readonly epoch: string;
  readonly more: boolean;
  readonly mark: string;
  readonly groups: ReadonlyArray<Entrusted>;
}

/**
 * What a device has kept for the server, after an epoch change.
 *
 * `mark` is that of the answer before, in the same epoch: it proves that what that one took back is still here.
 */
export interface GivenBack {
  readonly groups: ReadonlyArray<Entrusted>;
  readonly mark?: string | null;
}

/**
 * How many operations the log had lost, and how many groups this server never signed.
 *
 * `reached` tells of every device's actor among the groups how far the log has its chain now: what lies before need
 * not be brought, what lies behind a hole may be brought again later. `mark` proves how long the log was with it.
 */
export interface TakenBack {
  readonly operations: number;
  readonly unproven: number;
  readonly reached?: ReadonlyArray<readonly [string, number]>;
  readonly mark?: string | null;
}

/** One value that a register still holds, as a rival is shown to people. */
export type Write = readonly [
  dot: Dot,
  value: unknown,
  author: string,
  place: Place,
  effective_at: number,
  position: number,
];

/**
 * First line of a pull; `replace` means that rows not put again before `end` are gone (SPEC L3).
 *
 * `epoch` names the branch of the log that the rows' positions are of, for bases; the current epoch hello names.
 */
export type PullHeader = readonly [
  line: 'header',
  epoch: string,
  lineage: ReadonlyArray<EpochLink>,
  replace: boolean,
  server_time: number,
];

/** A document as it stands: shown values, and for fields with rivals every write that is not superseded. */
export type PullPut = readonly [
  line: 'put',
  kind: string,
  id: string,
  position: number,
  fields: Readonly<Record<string, unknown>>,
  rivals?: Readonly<Record<string, ReadonlyArray<Write>>>,
];

/** Documents that left this person's scope. */
export type PullForget = readonly [line: 'forget', kind: string, ids: ReadonlyArray<string>];

/** A place to go on from when the download is cut; it shows nothing by itself (SPEC L2). */
export type PullResume = readonly [line: 'resume', cursor: string];

/** The staged rows may become visible together; `more` asks for the next page first. */
export type PullEnd = readonly [line: 'end', cursor: string, head: number, more: boolean, digest?: string | null];

/**
 * Most of a first sync lies ready: addresses to fetch and stage in this order before the cursor at `end` counts.
 *
 * The first `today` of them bring what the open calls need, whole: a device that shows nothing yet may show these
 * before the others have come (SPEC L7).
 */
export type PullParts = readonly [line: 'parts', addresses: ReadonlyArray<string>, today: number];

/**
 * Documents of one kind, field by field, for the parts of a first sync (SPEC L7).
 *
 * `steps` are the differences of their positions, the first from nought. A column has a value for each document in
 * turn, null where it has none, or as many as there are before only nulls follow. `rivals` is by document.
 */
export type PullColumns = readonly [
  line: 'columns',
  kind: string,
  ids: ReadonlyArray<string>,
  steps: ReadonlyArray<number>,
  columns: Readonly<Record<string, ReadonlyArray<unknown>>>,
  rivals?: Readonly<Record<string, Readonly<Record<string, ReadonlyArray<Write>>>>>,
];

/** Last line of a part, with how many documents it holds: one that ends otherwise was cut on its way (SPEC L7). */
export type PullWhole = readonly [line: 'whole', rows: number];

/** How many rows in scope have positions behind the range before, up to `until`, and their digest (SPEC F6). */
export type PullRange = readonly [line: 'range', until: number, rows: number, digest: string];

/** What a device found to differ and mended: ranges, and rows that it took in or let go of (SPEC F6). */
export interface Repaired {
  readonly ranges: number;
  readonly rows: number;
}

/** Files that records of a device name and the office does not have, `MAX_WANTED_FILES` at most (SPEC P9). */
export interface WantedFiles {
  readonly files: ReadonlyArray<string>;
}

/** Those of the wanted files that the device does not have, `MAX_WANTED_FILES` at most (SPEC P9). */
export interface GoneFiles {
  readonly files: ReadonlyArray<string>;
}

/** One line of a pull. */
export type PullLine = PullHeader | PullPut | PullForget | PullResume | PullParts | PullColumns | PullWhole | PullEnd;

/** The messages of the sync protocol. */
export interface Messages {
  readonly Base: Base;
  readonly Dot: Dot;
  readonly Operation: Operation;
  readonly ActorRecord: ActorRecord;
  readonly Stamp: Stamp;
  readonly EpochLink: EpochLink;
  readonly Hello: Hello;
  readonly HelloReply: HelloReply;
  readonly PushHead: PushHead;
  readonly PushReply: PushReply;
  readonly Receipt: Receipt;
  readonly ReOfferHead: ReOfferHead;
  readonly Entrusted: Entrusted;
  readonly EntrustedPage: EntrustedPage;
  readonly GivenBack: GivenBack;
  readonly TakenBack: TakenBack;
  readonly Write: Write;
  readonly PullHeader: PullHeader;
  readonly PullPut: PullPut;
  readonly PullForget: PullForget;
  readonly PullResume: PullResume;
  readonly PullEnd: PullEnd;
  readonly PullParts: PullParts;
  readonly PullColumns: PullColumns;
  readonly PullWhole: PullWhole;
  readonly PullRange: PullRange;
  readonly Repaired: Repaired;
  readonly WantedFiles: WantedFiles;
  readonly GoneFiles: GoneFiles;
  readonly PullLine: PullLine;
}

export const MESSAGE_SHAPES = {
  Base: { row: ['Count', 'Id'], least: 2 },
  Dot: { row: ['Id', 'Count'], least: 2 },
  Operation: {
    row: ['Count', 'ShortText', 'Id', 'Base', 'Count', 'Count', { map: 'any' }, 'flag', { map: { list: 'Dot' } }],
    least: 7,
  },
  ActorRecord: {
    record: {
      actor: 'Id',
      company: 'Id',
      device: 'Id',
      user: 'Id',
      place: 'Place',
      epoch: 'Id',
      'parent?': { maybe: 'Id' },
      'parent_seq?': 'Count',
      'parent_head?': { maybe: 'Sha256' },
    },
  },
  Stamp: {
    row: ['Id', 'Count', 'Count', 'Count', { words: ['applied', 'held'] }, 'ShortText', { maybe: 'ShortText' }],
    least: 6,
  },
  EpochLink: { row: ['Id', { maybe: 'Id' }, 'Count'], least: 3 },
  Hello: {
    record: {
      actor: 'ActorRecord',
      last_seq: 'Count',
      chain_head: 'Sha256',
      proto: 'Count',
      schema: 'Count',
      app: 'ShortText',
      now: 'Count',
      pending: 'Count',
      'oldest_pending_at?': { maybe: 'Count' },
      'marks?': { list: 'ShortText' },
      'heads?': { list: { row: ['Count', 'Sha256'], least: 2 } },
      'took_over?': { maybe: 'Id' },
      'numbers?': { list: 'ShortText' },
    },
  },
  HelloReply: {
    record: {
      epoch: 'Id',
      lineage: { list: 'EpochLink' },
      acked_seq: 'Count',
      head: 'Sha256',
      common_seq: 'Count',
      actor_state: { words: ['behind', 'closed', 'forked', 'open'] },
      proto_range: { row: ['Count', 'Count'], least: 2 },
      schema_range: { row: ['Count', 'Count'], least: 2 },
      scope_version: 'ShortText',
      server_time: 'Count',
      receipt_key: 'Base64Url',
      'deeds?': { list: { words: ['wipe'] } },
      'rescue_key?': { maybe: 'Base64Url' },
    },
  },
  PushHead: {
    record: {
      actor: 'Id',
      first: 'Count',
      prev: 'Sha256',
      count: 'Count',
      now: 'Count',
      pending: 'Count',
      signature: 'Base64Url',
      'oldest_left_at?': { maybe: 'Count' },
    },
  },
  PushReply: {
    record: {
      acked_seq: 'Count',
      head: 'Sha256',
      epoch: 'Id',
      stamps: { list: 'Stamp' },
      results: { list: { row: ['Count', { words: ['held', 'rivals'] }, { maybe: 'ShortText' }], least: 3 } },
      mark: 'ShortText',
      receipt: 'Receipt',
    },
  },
  Receipt: {
    record: {
      company: 'Id',
      actor: 'Id',
      first: 'Count',
      seq: 'Count',
      head: 'Sha256',
      stamps: 'Sha256',
      epoch: 'Id',
      position: 'Count',
      at: 'Count',
      signature: 'Base64Url',
    },
  },
  ReOfferHead: {
    record: {
      actor: 'ActorRecord',
      first: 'Count',
      prev: 'Sha256',
      now: 'Count',
      stamps: { list: 'Stamp' },
      receipts: { list: 'Receipt' },
      signature: 'Base64Url',
      'frames?': { list: { row: ['Count', 'Sha256'], least: 2 } },
    },
  },
  Entrusted: {
    record: {
      actor: 'ActorRecord',
      past: { list: 'ActorRecord' },
      first: 'Count',
      author: 'Id',
      place: 'Place',
      operations: { list: { text: [0, 131_072] } },
      heads: { list: 'Sha256' },
      stamps: { list: 'Stamp' },
      signature: 'Base64Url',
      'hashes?': { list: 'Sha256' },
    },
  },
  EntrustedPage: { record: { epoch: 'Id', more: 'flag', mark: 'ShortText', groups: { list: 'Entrusted' } } },
  GivenBack: { record: { groups: { list: 'Entrusted' }, 'mark?': { maybe: 'ShortText' } } },
  TakenBack: {
    record: {
      operations: 'Count',
      unproven: 'Count',
      'reached?': { list: { row: ['Id', 'Count'], least: 2 } },
      'mark?': { maybe: 'ShortText' },
    },
  },
  Write: { row: ['Dot', 'any', 'Id', 'Place', 'Count', 'Count'], least: 6 },
  PullHeader: { row: [{ words: ['header'] }, 'Id', { list: 'EpochLink' }, 'flag', 'Count'], least: 5 },
  PullPut: {
    row: [{ words: ['put'] }, 'ShortText', 'Id', 'Count', { map: 'any' }, { map: { list: 'Write' } }],
    least: 5,
  },
  PullForget: { row: [{ words: ['forget'] }, 'ShortText', { list: 'Id' }], least: 3 },
  PullResume: { row: [{ words: ['resume'] }, 'ShortText'], least: 2 },
  PullEnd: { row: [{ words: ['end'] }, 'ShortText', 'Count', 'flag', { maybe: 'Sha256' }], least: 4 },
  PullParts: { row: [{ words: ['parts'] }, { list: 'ShortText' }, 'Count'], least: 3 },
  PullColumns: {
    row: [
      { words: ['columns'] },
      'ShortText',
      { list: 'Id' },
      { list: 'Count' },
      { map: { list: 'any' } },
      { map: { map: { list: 'Write' } } },
    ],
    least: 5,
  },
  PullWhole: { row: [{ words: ['whole'] }, 'Count'], least: 2 },
  PullRange: { row: [{ words: ['range'] }, 'Count', 'Count', 'Sha256'], least: 4 },
  Repaired: { record: { ranges: 'Count', rows: 'Count' } },
  WantedFiles: { record: { files: { list: 'Sha256' } } },
  GoneFiles: { record: { files: { list: 'Sha256' } } },
  PullLine: {
    either: ['PullHeader', 'PullPut', 'PullForget', 'PullResume', 'PullParts', 'PullColumns', 'PullWhole', 'PullEnd'],
  },
} as const;
