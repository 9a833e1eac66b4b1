import type { FixtureRow } from '../../src/store/fixture.ts';
import type { DayKind, Zone } from '../../src/wire/vocabulary.ts';
import { UNIT } from './people.ts';

const WORKING = '09:00-12:00 13:00-18:00';

const week: FixtureRow = {
  kind: 'business_hours',
  id: UNIT,
  fields: {
    unit: UNIT,
    monday: WORKING,
    tuesday: WORKING,
    wednesday: WORKING,
    thursday: WORKING,
    friday: '09:00-12:00 13:00-17:30 18:30-21:00',
    saturday: '09:00-12:00',
    sunday: '',
  },
};

const DAYS: readonly (readonly [date: string, kind: DayKind, name: string, hours?: string])[] = [
  ['2026-01-01', 'holiday', '中華民國開國紀念日'],
  ['2026-02-15', 'holiday', '小年夜'],
  ['2026-02-16', 'holiday', '農曆除夕'],
  ['2026-02-17', 'holiday', '春節'],
  ['2026-02-18', 'holiday', '春節'],
  ['2026-02-19', 'holiday', '春節'],
  ['2026-02-20', 'holiday', '小年夜（補假）'],
  ['2026-02-27', 'holiday', '和平紀念日（補假）'],
  ['2026-04-03', 'holiday', '兒童節（補假）'],
  ['2026-04-06', 'holiday', '民族掃墓節（補假）'],
  ['2026-05-01', 'holiday', '勞動節'],
  ['2026-06-19', 'holiday', '端午節'],
  ['2026-07-04', 'special', '盤點', '13:00-18:00'],
  ['2026-08-12', 'closure', '颱風停班'],
  ['2026-09-25', 'holiday', '中秋節'],
  ['2026-10-09', 'holiday', '國慶日（補假）'],
  ['2026-10-26', 'holiday', '臺灣光復暨金門古寧頭大捷紀念日（補假）'],
  ['2026-12-19', 'make_up', '補行上班日', WORKING],
  ['2026-12-25', 'holiday', '行憲紀念日'],
];

const DISTRICTS: readonly (readonly [name: string, zone: Zone])[] = [
  ['板橋區', 'urban'],
  ['中和區', 'urban'],
  ['新莊區', 'urban'],
  ['三峽區', 'suburban'],
  ['淡水區', 'suburban'],
  ['鶯歌區', 'suburban'],
];

/** When the unit of the gallery works, and how far its districts are. */
export const calendar: readonly FixtureRow[] = [
  week,
  ...DAYS.map(
    ([date, kind, name, hours = '']): FixtureRow => ({
      kind: 'calendar_day',
      id: `day-${date}`,
      fields: { unit: UNIT, date, kind, name, hours },
    }),
  ),
  ...DISTRICTS.map(
    ([name, zone], i): FixtureRow => ({ kind: 'district', id: `district-${i}`, fields: { unit: UNIT, name, zone } }),
  ),
];

/** A branch whose hours nobody has set. */
export const branch: FixtureRow = {
  kind: 'unit',
  id: 'unit-tyn',
  fields: { name: '桃園分公司', code: 'TYN', kind: 'branch', time_zone: 'Asia/Taipei' },
};
