import type { FixtureRow } from '../../src/store/fixture.ts';
import type { AdminWork } from '../../src/wire/vocabulary.ts';
import { at } from '../fixtures.ts';
import { DAY_MS, UNIT } from './people.ts';

/** Who, which work, from when, until when (nothing: it runs), and a note. */
const TIMES: readonly (readonly [string, AdminWork, number, number | null, string?])[] = [
  ['clerk-lin', 'inspection', at(8, 45), at(9, 10)],
  ['clerk-lin', 'other', at(9, 40), at(10, 5), '寄發保養到期通知'],
  ['tech-lin', 'parts', at(8, 50), at(9, 20)],
  ['tech-chou', 'tools', at(8, 55), at(9, 30), '真空幫浦換油'],
  ['tech-chou', 'parts', at(9, 50), at(10, 20), '點交冷媒'],
  ['tech-tsai', 'training', at(9, 0), at(9, 45)],
  ['tech-hsieh', 'other', at(10, 22), null],
  ['tech-hsieh', 'inspection', at(15) - 3 * DAY_MS, at(16, 10) - 3 * DAY_MS],
  ['tech-lin', 'training', at(16) - 4 * DAY_MS, at(17, 30) - 4 * DAY_MS, '新機種拆裝'],
];

/** General work of the gallery's unit: some overlaps a visit, one runs without saying what it is. */
export const times: readonly FixtureRow[] = TIMES.map(([user, work, started_at, ended_at, note], i) => ({
  kind: 'admin_time',
  id: `time-${i}`,
  fields: { unit: UNIT, user, work, started_at, ended_at, note: note ?? null },
}));
