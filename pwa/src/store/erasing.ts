import { link } from '../core/chain.ts';
import { reduced } from '../core/erasing.ts';
import type { Entrusted, EntrustedPage, Stamp } from '../wire/protocol.ts';
import { dropBlob } from './blobs.ts';
import { type EntrustedRow, GROUPS } from './entrusted.ts';
import { type ErasedDoc, erasedAmong } from './erased_rows.ts';
import { answer, beginningWith, type Databases, transact } from './idb.ts';
import { recall } from './kept.ts';
import type { ActorRow, OperationRow, StampRow } from './outbox_database.ts';

/** So many operations are looked at in one transaction: a tap that comes meanwhile waits for no more. */
const AT_ONCE = 250;

/** The key of a person's draft in which the screens keep what he looked for. */
export const SEARCHES = 'find';

/** The erasure of a document, and of whatever has an id: labels say only that much. */
interface Known {
  readonly of: (kind: string, id: string) => ErasedDoc | undefined;
  readonly about: (id: string) => ErasedDoc | undefined;
}

/**
 * Takes what is personal of erased documents out of everything that this browser keeps beside its rows (SPEC Y6).
 *
 * What the office does not have is never touched. What is to be done was written down with the rows, so a crash at any
 * moment only puts it off. Gives whether anything was to be done.
 */
export async function forgetErased(databases: Databases): Promise<boolean> {
  const erased = (await recall(databases.rows, 'erasing')) ?? [];
  if (erased.length === 0) return false;
  for (const [company, docs] of Map.groupBy(erased, (doc) => doc.company)) {
    const known = knownAmong(docs);
    await forgetFiles(databases, await reduceChains(databases.outbox, company, known));
    await reduceGroups(databases.entrusted, company, known);
  }
  await forgetDrafts(databases.rows, erased);
  return true;
}

/**
 * Does the same for what came to be kept, or acknowledged, of documents whose erasure was shown before it: an answer
 * may have been on its way.
 */
export async function forgetAgain(
  databases: Databases,
  company: string,
  keys: ReadonlyArray<readonly [kind: string, id: string]>,
): Promise<boolean> {
  const erased = await erasedAmong(databases.rows, company, keys);
  if (erased.length === 0) return false;
  const known = knownAmong(erased);
  await forgetFiles(databases, await reduceChains(databases.outbox, company, known));
  await reduceGroups(databases.entrusted, company, known);
  return true;
}

/** Does so for a stretch of a chain that has just been acknowledged. */
export async function forgetAcknowledged(databases: Databases, actor: string, first: number, count: number) {
  const range = IDBKeyRange.bound([actor, first], [actor, first + count - 1]);
  const found = await transact(databases.outbox, ['actors', 'operations'], 'readonly', async (transaction) => ({
    row: await answer<ActorRow>(transaction.objectStore('actors').get(actor)),
    operations: await answer<OperationRow[]>(transaction.objectStore('operations').getAll(range)),
  }));
  const keys = new Map(found.operations.map(({ kind, doc }) => [`${kind}/${doc}`, [kind, doc] as const]));
  await forgetAgain(databases, found.row.record.company, [...keys.values()]);
}

/** The documents that a page of groups writes. */
export function keysIn({ groups }: EntrustedPage): ReadonlyArray<readonly [kind: string, id: string]> {
  const texts = groups.flatMap(({ operations }) => operations);
  return [...new Map(texts.map(keyOf).map(([, kind, id]) => [`${kind}/${id}`, [kind, id] as const])).values()];
}

function knownAmong(docs: readonly ErasedDoc[]): Known {
  const byKey = new Map(docs.map((doc) => [`${doc.kind}/${doc.id}`, doc]));
  const byId = new Map(docs.map((doc) => [doc.id, doc]));
  return { of: (kind, id) => byKey.get(`${kind}/${id}`), about: (id) => byId.get(id) };
}

/** Whether the office had something before it erased the document: what came later knew of it, or is held for a person. */
const isBefore = ([, , received]: Stamp, doc: ErasedDoc | undefined) => doc !== undefined && received <= doc.at;

/** Reduces what the office acknowledged of a company's chains here; gives the files that it named. */
async function reduceChains(outbox: IDBDatabase, company: string, known: Known): Promise<ReadonlySet<string>> {
  const actors = await transact(outbox, ['actors'], 'readonly', (transaction) =>
    answer<ActorRow[]>(transaction.objectStore('actors').getAll()),
  );
  const files = new Set<string>();
  for (const { record } of actors.filter((actor) => actor.record.company === company)) {
    let after: number | null = 0;
    while (after !== null) after = await reducePage(outbox, record.actor, after, known, files);
  }
  return files;
}

/** Reduces a page of a chain and gives where the next begins; null: there is none. */
function reducePage(outbox: IDBDatabase, actor: string, after: number, known: Known, files: Set<string>) {
  return transact(outbox, ['operations', 'stamps'], 'readwrite', async (transaction): Promise<number | null> => {
    const range = IDBKeyRange.bound([actor, after], [actor, []], true);
    const rows: OperationRow[] = await answer(transaction.objectStore('operations').getAll(range, AT_ONCE));
    for (const row of rows) await reduceOne(transaction, row, known, files);
    return (rows.length === AT_ONCE && rows.at(-1)?.seq) || null;
  });
}

async function reduceOne(transaction: IDBTransaction, row: OperationRow, known: Known, files: Set<string>) {
  const own = known.of(row.kind, row.doc);
  const doc = own ?? known.about(row.label.about);
  if (!doc) return;
  const stamped = await answer<StampRow | undefined>(transaction.objectStore('stamps').get([row.actor, row.seq]));
  if (!stamped || !isBefore(stamped.stamp, doc)) return;
  if (own) for (const file of row.blobs) files.add(file);
  transaction.objectStore('operations').put(own ? reducedRow(row) : unnamed(row));
}

/** Its hash and head stay, and so does the size of what was sent: whatever it fitted into, its frame fits into. */
function reducedRow(row: OperationRow): OperationRow {
  const text = reduced(row.text);
  const frame = text === row.text ? {} : { text, frame: 1 as const };
  return { ...unnamed(row), ...frame, blobs: [] };
}

function unnamed(row: OperationRow): OperationRow {
  return { ...row, label: { ...row.label, who: '' } };
}

/** Lets go of files that nothing names any more, sent or not: the office keeps none of them. */
async function forgetFiles({ outbox, blobs }: Databases, names: ReadonlySet<string>): Promise<void> {
  for (const name of names) {
    const count = await transact(outbox, ['operations'], 'readonly', (transaction) =>
      answer(transaction.objectStore('operations').index('blobs').count(name)),
    );
    if (count === 0) await dropBlob(blobs, name);
  }
}

/** Reduces what this browser keeps for the office, for whomever of a company. */
async function reduceGroups(entrusted: IDBDatabase, company: string, known: Known): Promise<void> {
  let after: IDBValidKey | null = [company];
  while (after !== null) after = await reducePageOfGroups(entrusted, company, after, known);
}

function reducePageOfGroups(entrusted: IDBDatabase, company: string, after: IDBValidKey, known: Known) {
  return transact(entrusted, [GROUPS], 'readwrite', async (transaction): Promise<IDBValidKey | null> => {
    const groups = transaction.objectStore(GROUPS);
    const rows: EntrustedRow[] = await answer(
      groups.getAll(IDBKeyRange.bound(after, beginningWith(company).upper, true), AT_ONCE),
    );
    for (const row of rows) {
      const group = reducedGroup(row.group, known);
      if (group !== row.group) groups.put({ ...row, group });
    }
    const last = rows.at(-1);
    return last && rows.length === AT_ONCE ? [last.company, last.user, last.actor, last.first] : null;
  });
}

/** A group with frames names the hashes of what was sent: what the office signed covers both (SPEC Y4). */
export function reducedGroup(group: Entrusted, known: Known): Entrusted {
  const operations = group.operations.map((text, place) => {
    const [, kind, id] = keyOf(text);
    const stamp = group.stamps[place];
    return stamp && isBefore(stamp, known.of(kind, id)) ? reduced(text) : text;
  });
  if (operations.every((text, place) => text === group.operations[place])) return group;
  const hashes = group.hashes?.length
    ? group.hashes
    : group.operations.map((text) => link(new TextEncoder().encode(text)));
  return { ...group, operations, hashes };
}

function keyOf(text: string): readonly [schema: unknown, kind: string, id: string] {
  try {
    const [schema, kind, id]: unknown[] = JSON.parse(text);
    return [schema, String(kind), String(id)];
  } catch {
    return [null, '', ''];
  }
}

/** Forgets drafts about erased documents and what anybody looked for, and that anything was to be done. */
function forgetDrafts(rows: IDBDatabase, done: readonly ErasedDoc[]): Promise<void> {
  const ids = new Set(done.map(({ id }) => id));
  return transact(rows, ['drafts', 'kept'], 'readwrite', async (transaction) => {
    const [drafts, kept] = [transaction.objectStore('drafts'), transaction.objectStore('kept')];
    for (const key of await answer(drafts.getAllKeys())) {
      const name = String((key as readonly unknown[])[1]);
      if (name === SEARCHES || ids.has(name.slice(name.lastIndexOf(':') + 1))) drafts.delete(key);
    }
    const noted: readonly ErasedDoc[] = (await answer(kept.get('erasing'))) ?? [];
    const isDone = (doc: ErasedDoc) =>
      done.some((one) => one.kind === doc.kind && one.id === doc.id && one.at === doc.at);
    kept.put(
      noted.filter((doc) => !isDone(doc)),
      'erasing',
    );
  });
}
