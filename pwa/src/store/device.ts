import type { ReadableAtom } from 'nanostores';
import type { Ambient } from '../platform/ambient.ts';
import { askToKeep } from '../platform/kept.ts';
import type { Code } from '../wire/problems.ts';
import type { ActorRecord, EntrustedPage, PullRange, PushReply } from '../wire/protocol.ts';
import { deliver, keepUpload, readBlob, refuse, sendAgain, sendWanted, uploadOf, waitingBlobs } from './blobs.ts';
import { NotReady } from './capturing.ts';
import type { Person } from './chain.ts';
import {
  forgetEntrusted,
  type GroupPlace,
  keepPage,
  nextGroups,
  noteGiven,
  noteProof,
  reachedOf,
} from './entrusted.ts';
import { forgetAcknowledged, forgetAgain, forgetErased, keysIn } from './erasing.ts';
import { unsentOf } from './export_file.ts';
import { answer, type Databases, transact } from './idb.ts';
import { type Contact, type Leaver, type Me, recall, remember } from './kept.ts';
import { nextOffer } from './offers.ts';
import type { DeviceRow } from './outbox_database.ts';
import { namedBlobs } from './outbox_reading.ts';
import type { OnTheWire } from './outbox_view.ts';
import type { Settled } from './overlay.ts';
import { begin, chains, headsAt, moveTail, settle, unacknowledge } from './parting.ts';
import {
  digest,
  forgetAll,
  type Header,
  highestNumbers,
  type Key,
  pullFrom,
  show,
  stage,
  stagePart,
  stageRepair,
  startOver,
  unlike,
} from './rows.ts';
import type { Ready, StagedLines } from './rows_database.ts';
import { acknowledge, acknowledged, newestMark, nextBatch } from './sending.ts';
import { wipe } from './wiping.ts';

/** What happened to what is kept here; goes to every tab. */
export type Change =
  | readonly ['captured']
  | readonly ['work']
  | readonly ['wire', Partial<OnTheWire>]
  | readonly ['rows', readonly Key[] | null]
  | readonly ['me', Me | null]
  | readonly ['wiped', Leaver | null];

/** What the store's two sides share. */
export interface Inside {
  readonly databases: Databases;
  readonly ambient: Ambient;
  readonly me: ReadableAtom<Me | null | undefined>;
  readonly wiped: ReadableAtom<Leaver | null>;
  /** Whoever is signed in; throws where nobody is. */
  readonly person: () => Person;
  readonly tell: (change: Change) => void;
  readonly onCapture: (hear: () => void) => () => void;
}

/** What this device keeps, as the line to the office uses it; every change is told to the screens of every tab. */
export function deviceSide(inside: Inside) {
  const { databases, ambient, person, tell } = inside;
  const told = async <T>(change: Change, done: Promise<T>): Promise<T> => {
    const result = await done;
    tell(change);
    return result;
  };
  return {
    outbox: outboxSide(inside, told),
    rows: rowsSide(inside),
    blobs: {
      next: async () => {
        const waiting = await waitingBlobs(databases.blobs);
        return namedBlobs(
          databases.outbox,
          person(),
          waiting.map(({ sha256 }) => sha256),
        );
      },
      read: (sha256: string) => readBlob(databases.blobs, sha256),
      upload: (sha256: string) => uploadOf(databases.blobs, sha256),
      keepUpload: (sha256: string, upload: string) => keepUpload(databases.blobs, sha256, upload),
      deliver: (sha256: string, epoch: string) =>
        told(['work'], deliver(databases.blobs, sha256, ambient.now(), epoch)),
      sendAgain: async (epoch: string) => {
        if (await sendAgain(databases.blobs, epoch)) tell(['work']);
      },
      sendWanted: (names: readonly string[]) => told(['work'], sendWanted(databases.blobs, names)),
      refuse: (sha256: string, problem: Code) => told(['work'], refuse(databases.blobs, sha256, problem)),
    },
    entrusted: entrustedSide(inside),
    person: personSide(inside),
    contact: {
      read: async () => (await recall(databases.rows, 'contact')) ?? null,
      keep: (contact: Contact) => remember(databases.rows, 'contact', contact),
    },
    onCapture: inside.onCapture,
  };
}

/** A batch as it went: where it began and how long it was. */
type Sent = Parameters<typeof acknowledge>[2];

type Told = <T>(change: Change, done: Promise<T>) => Promise<T>;

function outboxSide({ databases, ambient, person, tell }: Inside, told: Told) {
  const { outbox, blobs } = databases;
  return {
    chains: () => chains(outbox, person()),
    headsAt: (actor: string, seqs: readonly number[]) => headsAt(outbox, actor, seqs),
    begin: (record: ActorRecord, parted: { readonly actor: string; readonly common: number } | null) =>
      told(['work'], begin(outbox, record, parted)),
    moveTail: (actor: string, common: number) => told(['work'], moveTail(outbox, actor, common)),
    unacknowledge: (actor: string, acked: number) => told(['work'], unacknowledge(outbox, actor, acked)),
    nextBatch: (actor: string) => nextBatch(outbox, actor),
    acknowledge: (actor: string, batch: Sent, reply: PushReply) =>
      told(
        ['work'],
        acknowledge(outbox, actor, batch, reply, ambient.now()).then(() =>
          forgetAcknowledged(databases, actor, batch.first, batch.operations.length),
        ),
      ),
    nextOffer: (actor: string, after: number) => nextOffer(outbox, actor, after),
    settle: (actor: string, problem: Code | null) => settle(outbox, actor, problem),
    newestMark: (actor: string) => newestMark(outbox, actor),
    acknowledged: () => acknowledged(outbox, person()),
    pending: async (sent?: { readonly actor: string; readonly last: number }) => {
      const unsent = (await unsentOf(outbox, person())).flatMap((each) => each.operations);
      const operations = unsent.filter(({ actor, seq }) => actor !== sent?.actor || seq > sent.last);
      return { count: operations.length, oldestAt: operations[0]?.at ?? null };
    },
    unsafe: async () => {
      const unsent = await unsentOf(outbox, person());
      const kept = unsent.flatMap(({ actor, operations }) => operations.filter(({ seq }) => seq > actor.exported_seq));
      const files = (await waitingBlobs(blobs)).filter(({ exported }) => !exported).map(({ sha256 }) => sha256);
      return kept.length + (await namedBlobs(outbox, person(), files)).length;
    },
    nowSending: (wire: Partial<OnTheWire> | null) => tell(['wire', wire ?? {}]),
  };
}

function rowsSide({ databases, person, tell }: Inside) {
  const { rows } = databases;
  return {
    pullFrom: () => pullFrom(rows),
    stage: (header: Header, lines: StagedLines, cursor: string, ready: Ready | null = null, whose = person()) =>
      stage(rows, whose, header, lines, cursor, ready),
    stagePart: async (lines: StagedLines, ready: Ready, whose = person()) => {
      const isShown = await stagePart(rows, whose, lines, ready);
      if (isShown) {
        tell(['rows', null]);
        await forgetErased(databases);
      }
      return isShown;
    },
    show: async (header: Header, lines: StagedLines, cursor: string, settled: Settled, whose = person()) => {
      const changed = await show(rows, whose, header, lines, cursor, settled);
      tell(['rows', changed]);
      if (await forgetErased(databases)) tell(['work']);
    },
    digest: () => digest(rows),
    unlike: (ranges: readonly PullRange[]) => unlike(rows, ranges),
    stageRepair: (lines: StagedLines, whose = person()) => stageRepair(rows, whose, lines),
    highestNumbers: () => highestNumbers(rows),
    startOver: () => startOver(rows),
    forgetAll: async () => {
      await forgetAll(databases.rows);
      tell(['rows', null]);
    },
  };
}

/** Whoever it is asked for by: somebody else may have signed in while an answer was on its way. */
function entrustedSide({ databases, person }: Inside) {
  const { entrusted } = databases;
  return {
    reached: (whose = person()) => reachedOf(entrusted, whose),
    keep: async (page: EntrustedPage, whose = person()) => {
      const { company, user } = person();
      if (company !== whose.company || user !== whose.user) throw new NotReady();
      const kept = await keepPage(entrusted, whose, page);
      await forgetAgain(databases, whose.company, keysIn(page));
      return kept;
    },
    given: (epoch: string, waiting: readonly string[], whose = person()) => noteGiven(entrusted, whose, epoch, waiting),
    giving: (epoch: string, mark: string, whose = person()) => noteProof(entrusted, whose, epoch, mark),
    next: (after: GroupPlace, until: string | null, count: number, whose = person()) =>
      nextGroups(entrusted, whose, after, until, count),
    forget: () => forgetEntrusted(entrusted, person()),
  };
}

function personSide({ databases, ambient, me, wiped, tell }: Inside) {
  return {
    me,
    wiped,
    wipe: async () => {
      const who = me.get();
      if (!who) return false;
      const leaver = { company: who.company, user: who.user, name: who.name, at: ambient.now() };
      if (!(await wipe(databases, leaver))) return false;
      tell(['wiped', leaver]);
      tell(['me', null]);
      return true;
    },
    become: async (next: Me | null) => {
      const before = me.get();
      const same = before?.company === next?.company && before?.user === next?.user;
      await remember(databases.rows, 'me', next);
      if (next && wiped.get()) {
        await remember(databases.rows, 'wiped', null);
        tell(['wiped', null]);
      }
      if (!same) await forgetAll(databases.rows);
      tell(['me', next]);
    },
    key: (company: string, user: string) =>
      transact(databases.outbox, ['devices'], 'readonly', async (transaction) => {
        const row: DeviceRow | undefined = await answer(transaction.objectStore('devices').get([company, user]));
        return row ?? null;
      }),
    keepKey: async (key: DeviceRow) => {
      await transact(databases.outbox, ['devices'], 'readwrite', async (transaction) => {
        transaction.objectStore('devices').put(key);
      });
      // From now on there may be unsent work here: the browser is asked not to clear it for want of room.
      void askToKeep();
    },
  };
}
