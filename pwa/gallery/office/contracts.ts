import type { FixtureRow } from '../../src/store/fixture.ts';
import { coveredAssetId } from '../../src/ui/office/contracts.ts';
import { DAY_MS, NOW, UNIT } from './people.ts';

/** Number, customer, days since it began, days that it has left, calls included, dollars for each one more. */
const CONTRACTS = [
  ['M-BAN-2025-0031', 4, 340, 25, 4, 900],
  ['M-BAN-2026-0012', 6, 200, 165, 1, 1200],
  ['M-BAN-2026-0027', 13, 40, 325, null, null],
  ['M-BAN-2025-0008', 9, 500, -135, 2, 900],
] as const;

/** Maintenance contracts of the gallery: one that ends soon, one that is used up, one without a limit, one that is over. */
export const contracts: readonly FixtureRow[] = CONTRACTS.flatMap(
  ([number, customer, began, left, included, fee], i): FixtureRow[] => [
    {
      kind: 'maintenance_contract',
      id: `contract-${i}`,
      fields: {
        unit: UNIT,
        customer: `customer-${customer}`,
        number,
        valid_from: NOW - began * DAY_MS,
        valid_until: NOW + left * DAY_MS,
        visits_included: included,
        extra_fee: fee === null ? null : fee * 100,
      },
    },
    {
      kind: 'covered_asset',
      id: coveredAssetId(`contract-${i}`, `asset-${customer}`),
      fields: { unit: UNIT, contract: `contract-${i}`, asset: `asset-${customer}` },
    },
  ],
);
