import type { FixtureRow } from '../../src/store/fixture.ts';
import { at } from '../fixtures.ts';
import { DAY_MS } from './people.ts';
import { rows } from './rows.ts';

const CLOSED_AT: Readonly<Record<string, number>> = { 'call-10': at(9, 55), 'call-11': at(17, 5) - 4 * DAY_MS };

/** The two paid calls that were done are closed, one today; nothing says that their money came. */
export const unsettledRows: readonly FixtureRow[] = rows.map((row) => {
  const closed_at = CLOSED_AT[row.id];
  if (closed_at === undefined || row.kind !== 'service_call') return row;
  return { ...row, fields: { ...row.fields, closed_at, closed_by: 'clerk-lin' } } as FixtureRow;
});
