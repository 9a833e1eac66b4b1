import type { FixtureRow } from '../../src/store/fixture.ts';
import { COUNTY, CUSTOMERS, DAY_MS, NOW, UNIT } from './people.ts';
import { rows as all } from './rows.ts';

const [name, district, zone, street, phone, product] = CUSTOMERS[9];

interface Merge {
  readonly merged_into: string;
  readonly merged_at: number;
  readonly merged_by: string;
}

const mergedInto = (merged_into: string): Merge => ({ merged_into, merged_at: NOW - DAY_MS, merged_by: 'clerk-lin' });

/** The dehumidifier's owner once more: the same telephone, an older address, and the same machine with less said of it. */
const again = (owner: Merge | object, asset: Merge | object): readonly FixtureRow[] => [
  {
    kind: 'customer',
    id: 'customer-again',
    fields: {
      unit: UNIT,
      name,
      district,
      zone,
      address: `${COUNTY}${district}${street}二樓`,
      phone,
      mobile: '0912-345-678',
      ...owner,
    },
  },
  {
    kind: 'asset',
    id: 'asset-again',
    fields: { unit: UNIT, customer: 'customer-again', product, sold_at: NOW - 1600 * DAY_MS, ...asset },
  },
  {
    kind: 'service_voucher',
    id: 'asset-again',
    fields: {
      unit: UNIT,
      number: 'V-BAN-017120',
      origin: 'at_call',
      opened_at: NOW - 300 * DAY_MS,
      ...('merged_at' in asset && { retired_at: asset.merged_at }),
    },
  },
  {
    kind: 'service_visit',
    id: 'visit-again',
    fields: {
      unit: UNIT,
      asset: 'asset-again',
      technician: 'tech-lin',
      category: 'paid',
      fault: '風扇不轉',
      action: '清潔風扇，上油',
      outcome: 'fixed',
      arrived_at: NOW - 200 * DAY_MS,
      finished_at: NOW - 200 * DAY_MS + 1_800_000,
      fee_total: 60_000,
    },
  },
];

/** Two customers who are one, before anybody has noticed. */
export const duplicates: readonly FixtureRow[] = [...all, ...again({}, {})];

/** The customers are merged, their machines are not yet. */
export const halfMerged: readonly FixtureRow[] = [...all, ...again(mergedInto('customer-9'), {})];

/** The same after the desk has merged both, yesterday. */
export const merged: readonly FixtureRow[] = [...all, ...again(mergedInto('customer-9'), mergedInto('asset-9'))];
