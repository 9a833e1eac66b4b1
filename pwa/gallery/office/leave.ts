import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at } from '../fixtures.ts';
import { DAY_MS, UNIT } from './people.ts';

const absence = (id: string, fields: Kinds['absence']): FixtureRow => ({
  kind: 'absence',
  id,
  fields: { unit: UNIT, recorded_by: 'clerk-lin', ...fields },
});

/** The manager is away since Friday, whoever acts for him or not. */
export const managerAway = absence('absence-manager', {
  user: 'manager-chen',
  from_at: at(9) - 3 * DAY_MS,
  until_at: at(18) + 2 * DAY_MS,
  reason: 'annual',
  substitute: 'tech-tsai',
});

export const absences: readonly FixtureRow[] = [
  managerAway,
  absence('absence-lin', {
    user: 'tech-lin',
    from_at: at(13),
    until_at: at(18),
    reason: 'sick',
    substitute: 'tech-chou',
    note: '看診',
  }),
  absence('absence-hsu', {
    user: 'tech-hsu',
    from_at: at(9) + 8 * DAY_MS,
    until_at: at(18) + 10 * DAY_MS,
    reason: 'training',
  }),
  absence('absence-hsieh', {
    user: 'tech-hsieh',
    from_at: at(9),
    until_at: at(18),
    reason: 'annual',
    substitute: 'tech-hsu',
  }),
  absence('absence-past', {
    user: 'tech-chou',
    from_at: at(9) - 20 * DAY_MS,
    until_at: at(12) - 20 * DAY_MS,
    reason: 'personal',
  }),
];

export const acting: FixtureRow = {
  kind: 'role_grant',
  id: 'grant-acting',
  fields: {
    user: 'tech-tsai',
    unit: UNIT,
    role: 'service_manager',
    starts_at: at(9) - 3 * DAY_MS,
    until_at: at(18) + 2 * DAY_MS,
    acting_for: 'manager-chen',
  },
};
