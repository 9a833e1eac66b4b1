import type { PullColumns, PullPut } from '../wire/protocol.ts';

/** The documents that columns hold (SPEC L7). */
export function rowsOf([, kind, ids, steps, columns, rivals = {}]: PullColumns): PullPut[] {
  const named = Object.entries(columns);
  let position = 0;
  return ids.map((id, place): PullPut => {
    position += steps[place] ?? 0;
    const torn = rivals[id];
    const fields = fieldsAt(named, place);
    return torn ? ['put', kind, id, position, fields, torn] : ['put', kind, id, position, fields];
  });
}

function fieldsAt(columns: ReadonlyArray<readonly [string, readonly unknown[]]>, place: number) {
  const fields: Record<string, unknown> = {};
  for (const [name, values] of columns) {
    const value = values[place] ?? null;
    if (value !== null) fields[name] = value;
  }
  return fields;
}
