import type { ReadableAtom } from 'nanostores';
import type { Acting } from '../wire/bodies.ts';
import type { Code } from '../wire/problems.ts';
import type {
  ActorRecord,
  Entrusted,
  EntrustedPage,
  EpochLink,
  PullForget,
  PullPut,
  PullRange,
  PushReply,
  Receipt,
  Stamp,
} from '../wire/protocol.ts';
import type { Place, Role } from '../wire/vocabulary.ts';

/** One chain of this browser, as far as sending is concerned. */
export interface Chain {
  readonly record: ActorRecord;
  readonly state: 'open' | 'closed';
  readonly last_seq: number;
  readonly head: string;
  readonly acked_seq: number;
  /** The chain of another device of this person whose unsent work this one began with. */
  readonly took_over?: string;
  /** Of a closed one: nothing of it is wanted or owed any more in the present epoch. */
  readonly settled: boolean;
}

/** Whole groups of one chain that go in one request, and the head that they follow. */
export interface Batch {
  readonly first: number;
  readonly prev: string;
  readonly operations: ReadonlyArray<{ readonly seq: number; readonly text: string; readonly head: string }>;
}

/** What one rescue file holds: stretches of chains, and files that operations name. */
export interface UnsentWork {
  readonly batches: ReadonlyArray<Batch & { readonly record: ActorRecord }>;
  readonly blobs: ReadonlyArray<{ readonly sha256: string; readonly bytes: Uint8Array<ArrayBuffer> }>;
}

/** Acknowledged operations that are offered again, with their stamps and the receipts that prove these. */
export interface Offer extends Batch {
  readonly stamps: readonly Stamp[];
  readonly receipts: readonly Receipt[];
  /** Of which operations an erasure left only the frame, with the hash of what was sent (SPEC Y6). */
  readonly frames: ReadonlyArray<readonly [seq: number, sha256: string]>;
}

/** The append-only outbox of whoever is signed in. */
export interface Outbox {
  /** In the order in which they wrote. */
  readonly chains: () => Promise<readonly Chain[]>;
  readonly headsAt: (actor: string, seqs: readonly number[]) => Promise<ReadonlyMap<number, string>>;
  /** Goes on with a new actor; what lies behind `common` in the old one moves to it. */
  readonly begin: (
    record: ActorRecord,
    parted: { readonly actor: string; readonly common: number } | null,
  ) => Promise<void>;
  /** Moves what lies behind a seq of a closed chain to the open one. */
  readonly moveTail: (actor: string, common: number) => Promise<void>;
  /** The office does not have any more what lies behind that seq. */
  readonly unacknowledge: (actor: string, acked: number) => Promise<void>;
  readonly nextBatch: (actor: string) => Promise<Batch | null>;
  readonly acknowledge: (actor: string, batch: Batch, reply: PushReply) => Promise<void>;
  readonly nextOffer: (actor: string, after: number) => Promise<Offer | null>;
  readonly settle: (actor: string, problem: Code | null) => Promise<void>;
  readonly newestMark: (actor: string) => Promise<string | null>;
  readonly acknowledged: () => Promise<Readonly<Record<string, number>>>;
  /** What the office does not have; `sent`: and will not have when this push has arrived. */
  readonly pending: (sent?: {
    readonly actor: string;
    readonly last: number;
  }) => Promise<{ readonly count: number; readonly oldestAt: number | null }>;
  /** Work that neither the office nor an export file has. */
  readonly unsafe: () => Promise<number>;
  readonly nowSending: (
    wire: { readonly actor: string; readonly last: number } | { readonly blob: string } | null,
  ) => void;
}

export interface PullHeaderFacts {
  readonly epoch: string;
  readonly lineage: readonly EpochLink[];
  readonly replace: boolean;
}

/** Addresses of a first sync's parts that have not come, and how many of them bring today's work (SPEC L7). */
export interface Ready {
  readonly addresses: readonly string[];
  readonly today: number;
}

/** A range of positions in which a device shows something else than the office has. */
export interface Unlike {
  readonly after: number;
  readonly until: number;
  readonly keys: ReadonlyArray<readonly [kind: string, id: string]>;
}

export type PulledLines = ReadonlyArray<PullPut | PullForget>;

/** The confirmed rows. */
export interface Rows {
  /** Where the next pull goes on from, and the epochs of the log that the rows are of; null: it never pulled. */
  readonly pullFrom: () => Promise<{
    readonly cursor: string | null;
    readonly epochs: readonly string[] | null;
    readonly ready: Ready | null;
  }>;
  /** Throws where somebody else has signed in meanwhile; so do `stagePart` and `show`. */
  readonly stage: (
    header: PullHeaderFacts,
    lines: PulledLines,
    cursor: string,
    ready: Ready | null,
    whose: Me,
  ) => Promise<void>;
  /** Gives whether what has come is shown now. */
  readonly stagePart: (lines: PulledLines, ready: Ready, whose: Me) => Promise<boolean>;
  readonly show: (
    header: PullHeaderFacts,
    lines: PulledLines,
    cursor: string,
    settled: Readonly<Record<string, number>>,
    whose: Me,
  ) => Promise<void>;
  readonly digest: () => Promise<string>;
  /** The ranges in which the rows shown differ, and what is shown in them, and of what lies behind all ranges. */
  readonly unlike: (ranges: readonly PullRange[]) => Promise<readonly Unlike[]>;
  /** Puts aside, behind what is shown, what the next pull shows with its own lines; throws as `stage` does. */
  readonly stageRepair: (lines: PulledLines, whose: Me) => Promise<void>;
  /** The highest official number of each series. */
  readonly highestNumbers: () => Promise<readonly string[]>;
  readonly startOver: () => Promise<void>;
  readonly forgetAll: () => Promise<void>;
}

/** Files that wait here; only those that an acknowledged operation names may go. */
export interface Blobs {
  readonly next: () => Promise<readonly string[]>;
  readonly read: (sha256: string) => Promise<Blob | null>;
  /** Where the office takes in the parts of a file; null: it was not begun. */
  readonly upload: (sha256: string) => Promise<string | null>;
  readonly keepUpload: (sha256: string, upload: string) => Promise<void>;
  /** The office of this epoch has it. */
  readonly deliver: (sha256: string, epoch: string) => Promise<void>;
  /** What an office of another epoch had may be lost: all of it waits again. */
  readonly sendAgain: (epoch: string) => Promise<void>;
  /** Lets those of these files wait that are here; gives those that are not. */
  readonly sendWanted: (names: readonly string[]) => Promise<readonly string[]>;
  readonly refuse: (sha256: string, problem: Code) => Promise<void>;
}

/** Where a group stands: its chain, and its first number in it. */
export type GroupPlace = readonly [actor: string, first: number];

/** What the office wrote itself, or other devices, kept for it by one person's device (SPEC H2, H7). */
export interface EntrustedWork {
  /** How far it is kept; null: nothing was ever asked for. */
  readonly reached: (whose?: Me) => Promise<{
    readonly epoch: string;
    readonly mark: string;
    readonly given?: string;
    /** How long the log was that took something of it back, and in which epoch. */
    readonly proof?: { readonly epoch: string; readonly mark: string };
    readonly waiting?: readonly string[];
  } | null>;
  /** False: the page's epoch has not been given back yet what is kept. Throws where somebody else has signed in. */
  readonly keep: (page: EntrustedPage, whose?: Me) => Promise<boolean>;
  /** An office of this epoch was brought everything; of the chains that are waiting not all of it fitted. */
  readonly given: (epoch: string, waiting: readonly string[], whose?: Me) => Promise<void>;
  /** The office took something back; its answer's mark. */
  readonly giving: (epoch: string, mark: string, whose?: Me) => Promise<void>;
  /** The next groups behind a chain's number, up to another chain or the last (null), at most so many. */
  readonly next: (after: GroupPlace, until: string | null, count: number, whose?: Me) => Promise<readonly Entrusted[]>;
  /** Lets go of everything: whoever was stopped brings nothing back for others, and may see nothing of theirs. */
  readonly forget: () => Promise<void>;
}

/** Who is signed in, as the office last said. */
export interface Me {
  readonly user: string;
  readonly name: string;
  readonly company: string;
  readonly company_name: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  readonly acting?: readonly Acting[] | undefined;
  readonly device: string | null;
  readonly place: Place | null;
}

/** Whom this browser forgot, and when by its clock. */
export interface Leaver {
  readonly company: string;
  readonly user: string;
  readonly name: string;
  readonly at: number;
}

/** This browser as a device of one person. */
export interface DeviceKey {
  readonly company: string;
  readonly user: string;
  readonly device: string;
  readonly place: Place;
  readonly keys: CryptoKeyPair;
}

export interface Person {
  readonly me: ReadableAtom<Me | null | undefined>;
  /** Somebody else, or nobody: what the office sent to the one before is forgotten. */
  readonly become: (me: Me | null) => Promise<void>;
  readonly key: (company: string, user: string) => Promise<DeviceKey | null>;
  readonly keepKey: (key: DeviceKey) => Promise<void>;
  /** Set when this browser forgot somebody because he or his device was stopped, until somebody signs in. */
  readonly wiped: ReadableAtom<Leaver | null>;
  /** Forgets whoever is signed in, and all of his work; false: some of it is nowhere else, and nothing was forgotten. */
  readonly wipe: () => Promise<boolean>;
}

export interface Contact {
  readonly at: number;
  /** Office time minus device time. */
  readonly offset: number;
  /** The public key to which unsent work is sealed that a person carries to the office. */
  readonly rescueKey?: string;
}

/** What this device keeps, as the line to the office uses it: `store.device` fits. */
export interface Device {
  readonly outbox: Outbox;
  readonly rows: Rows;
  readonly blobs: Blobs;
  readonly entrusted: EntrustedWork;
  readonly person: Person;
  readonly contact: {
    readonly read: () => Promise<Contact | null>;
    readonly keep: (contact: Contact) => Promise<void>;
  };
  /** Hears of every capture, of any tab. */
  readonly onCapture: (hear: () => void) => () => void;
}
