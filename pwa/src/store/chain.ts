import { extend, genesis, link } from '../core/chain.ts';
import { MAX_OPERATION_BYTES, MAX_PUSH_BYTES, MAX_PUSH_OPERATIONS } from '../wire/limits.ts';
import type { ActorRecord, Operation } from '../wire/protocol.ts';
import { answer, beginningWith } from './idb.ts';
import type { ActorRow, Label, OperationRow } from './outbox_database.ts';

/** What operations share of a request; the rest is kept for its first line, with one receipt. */
const ROOM_BYTES = MAX_PUSH_BYTES - 4_096;

/** One stamp as it travels in the first line of an offer, at its longest. */
const STAMP_BYTES = 256;

/** Whose work it is: every chain belongs to one person of one company. */
export interface Person {
  readonly company: string;
  readonly user: string;
}

/** A chain that has nothing in it yet. */
export function newActor(record: ActorRecord, order: number): ActorRow {
  const head = genesis(record);
  const counts = { last_seq: 0, acked_seq: 0, exported_seq: 0 };
  return { record, order, state: 'open', head, ...counts, settled: true, problem: null };
}

/** A person's chains in this browser, in the order in which they wrote. */
export async function actorsOf(transaction: IDBTransaction, person: Person): Promise<ActorRow[]> {
  const every: ActorRow[] = await answer(transaction.objectStore('actors').getAll());
  return every
    .filter(({ record }) => record.company === person.company && record.user === person.user)
    .sort((one, other) => one.order - other.order);
}

/** The chain's head at one of its operations, or before the first. */
export async function headAt(transaction: IDBTransaction, { record }: ActorRow, seq: number): Promise<string> {
  if (seq === 0) return genesis(record);
  const row: OperationRow = await answer(transaction.objectStore('operations').get([record.actor, seq]));
  return row.head;
}

/** The operations behind one seq up to another, in their order. */
export function stretch(transaction: IDBTransaction, actor: string, after: number, last: number, most?: number) {
  const range = last <= after ? beginningWith(actor, -1) : IDBKeyRange.bound([actor, after + 1], [actor, last]);
  return answer<OperationRow[]>(transaction.objectStore('operations').getAll(range, most));
}

/** As many of the operations as make whole groups and fit into one request, some with so many bytes beside them. */
export function wholeGroups(
  operations: readonly OperationRow[],
  beside: (operation: OperationRow) => number = () => 0,
): readonly OperationRow[] {
  let bytes = 0;
  let end = 0;
  for (const [place, operation] of operations.entries()) {
    bytes += roomOf(operation) + beside(operation);
    if (bytes > ROOM_BYTES) break;
    if (operation.following === 0) end = place + 1;
  }
  return operations.slice(0, end);
}

/** What is pushed together must fit together into an offer too: there each line has its stamp beside it. */
function roomOf({ size }: Loose): number {
  return size + 1 + STAMP_BYTES;
}

/** Whether a group may be captured: as one push, and as one offer should an office ever lose it. */
export function fitsOneRequest(group: readonly Loose[]): boolean {
  const bytes = group.reduce((sum, one) => sum + roomOf(one), 0);
  const operationsFit = group.every(({ size }) => size <= MAX_OPERATION_BYTES);
  return group.length <= MAX_PUSH_OPERATIONS && bytes <= ROOM_BYTES && operationsFit;
}

/** What an operation is before it has a place in a chain. */
export type Loose = Omit<OperationRow, 'actor' | 'seq' | 'head'>;

export function loose(operation: Operation, label: Label, blobs: readonly string[]): Loose {
  const [, kind, doc, , at, following] = operation;
  const text = JSON.stringify(operation);
  const bytes = new TextEncoder().encode(text);
  return { text, size: bytes.length, sha256: link(bytes), following, kind, doc, at, label, blobs };
}

/** Puts operations at the end of a chain: rows and head in one transaction, with nothing between them (SPEC V3, A2). */
export function extendChain(transaction: IDBTransaction, actor: ActorRow, operations: readonly Loose[]): ActorRow {
  const store = transaction.objectStore('operations');
  let { last_seq, head } = actor;
  for (const operation of operations) {
    last_seq += 1;
    head = extend(head, operation.sha256);
    const row: OperationRow = { ...operation, actor: actor.record.actor, seq: last_seq, head };
    store.add(row);
  }
  const extended = { ...actor, last_seq, head };
  transaction.objectStore('actors').put(extended);
  return extended;
}
