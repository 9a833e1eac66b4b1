import type { PullPut } from '../wire/protocol.ts';
import { answer, transact } from './idb.ts';
import type { Row } from './rows_database.ts';

/** A document whose personal values the office erased, and when by its clock (SPEC Y1). */
export interface ErasedDoc {
  readonly company: string;
  readonly kind: string;
  readonly id: string;
  readonly at: number;
}

/** Which of these documents' rows say that they were erased. */
export function erasedAmong(
  rows: IDBDatabase,
  company: string,
  keys: ReadonlyArray<readonly [kind: string, id: string]>,
): Promise<readonly ErasedDoc[]> {
  return transact(rows, ['rows'], 'readonly', async (transaction) => {
    const store = transaction.objectStore('rows');
    const found = await Promise.all(keys.map((key) => answer(store.get([...key]))));
    return found.flatMap((row) => erasedOne(company, row));
  });
}

/** The erasure that a row tells of. */
function erasedOne(company: string, row: Pick<Row, 'kind' | 'id' | 'fields'> | undefined): readonly ErasedDoc[] {
  const at = row?.fields.erased_at;
  return row && typeof at === 'number' ? [{ company, kind: row.kind, id: row.id, at }] : [];
}

/**
 * Writes down, with rows that are about to be shown, which of them tell of an erasure that was not shown before: what
 * else is kept of these documents goes as soon as they are shown, whatever happens in between.
 */
export async function noteErased(
  transaction: IDBTransaction,
  company: string,
  lines: ReadonlyArray<PullPut | readonly ['forget', ...unknown[]]>,
): Promise<void> {
  const [rows, kept] = [transaction.objectStore('rows'), transaction.objectStore('kept')];
  const told = lines.flatMap((line) =>
    line[0] === 'put' ? erasedOne(company, { kind: line[1], id: line[2], fields: line[4] }) : [],
  );
  const before = await Promise.all(told.map(({ kind, id }) => answer<Row | undefined>(rows.get([kind, id]))));
  const fresh = told.filter(({ at }, place) => before[place]?.fields.erased_at !== at);
  if (fresh.length === 0) return;
  const noted: readonly ErasedDoc[] = (await answer(kept.get('erasing'))) ?? [];
  kept.put([...noted, ...fresh], 'erasing');
}
