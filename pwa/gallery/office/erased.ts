import type { FixtureRow } from '../../src/store/fixture.ts';
import { NAMED_BY, PERSONAL } from '../../src/wire/erasure.ts';
import { DAY_MS, NOW } from './people.ts';
import { rows } from './rows.ts';

const names = new Map<string, readonly string[]>(Object.entries(PERSONAL));
const files = new Set<string>(Object.values(NAMED_BY).flat());

/** What belongs to the dehumidifier's owner: by its own id or by what it names, over as many steps as it takes. */
function belonging(known: ReadonlySet<string>): ReadonlySet<string> {
  const more = rows.filter(({ kind, fields }) => {
    const named: Readonly<Record<string, unknown>> = { ...fields };
    const owners = [named.customer, kind === 'service_visit' ? named.asset : undefined, named.visit];
    return names.has(kind) && owners.some((owner) => known.has(String(owner)));
  });
  const all = new Set([...known, ...more.map(({ id }) => id)]);
  return all.size === known.size ? all : belonging(all);
}

const his = belonging(new Set(['customer-9']));

function erasedOne(row: FixtureRow): FixtureRow {
  const personal = names.get(row.kind);
  if (!personal || !his.has(row.id)) return row;
  const kept = Object.entries(row.fields).filter(([field]) => !personal.includes(field) && !files.has(field));
  return { ...row, fields: { ...Object.fromEntries(kept), erased_at: NOW - DAY_MS } } as FixtureRow;
}

/** The office with the dehumidifier's owner erased the day before. */
export const erased: readonly FixtureRow[] = rows.map(erasedOne);
