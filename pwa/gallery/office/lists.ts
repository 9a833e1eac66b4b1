import type { ImportFound, RowError } from '../../src/wire/bodies.ts';

const wrong = (
  row: number,
  heading: string,
  value: string,
  fault: RowError['fault'],
  facts: RowError['facts'] = {},
): RowError => ({ row, heading, value, fault, facts });

/** What a server says of a list with everything in it that can be told. */
export const found: ImportFound = {
  file_sha256: 'a'.repeat(64),
  encoding: 'big5',
  sheet: null,
  other_sheets: [],
  headings: [
    { heading: '客戶名稱', kind: 'customer', field: 'name' },
    { heading: '電話', kind: 'customer', field: 'phone' },
    { heading: '等級', kind: null, field: null },
    { heading: '業務', kind: null, field: null },
  ],
  rows: 5_000,
  wrong: 8,
  repeated: 3,
  counts: [
    { kind: 'customer', new: 4_640, changed: 2, unchanged: 118 },
    { kind: 'asset', new: 4_990, changed: 0, unchanged: 0 },
  ],
  errors: [
    wrong(12, '客戶名稱', '', 'name_missing'),
    wrong(48, '電話', '不詳', 'phone'),
    wrong(97, '統一編號', '04595258', 'tax_id'),
    wrong(103, '購買日期', '26/11/25', 'date'),
    wrong(260, '保固到期', '2024/03/01', 'dates_reversed'),
    wrong(311, '地址', '新北市板橋區文化路二段20號', 'contradicts', {
      row: 40,
      before: '新北市板橋區文化路一段188號',
    }),
    wrong(402, '客戶名稱', '陳美惠', 'customer_ambiguous', {
      count: 2,
      among: [
        { id: 'customer-1', name: '陳美惠', about: '板橋區文化路一段188號' },
        { id: 'customer-2', name: '陳美惠', about: '三峽區中山路9號' },
      ],
    }),
    wrong(517, '序號', 'S-0481', 'product_elsewhere', { name: '林先生', id: 'asset-1' }),
  ],
  changes: [
    {
      row: 5,
      kind: 'customer',
      doc: 'customer-9',
      name: '宏達五金行',
      field: 'phone',
      before: '02-8252-7700',
      after: '02-8252-7711',
    },
    {
      row: 9,
      kind: 'customer',
      doc: 'customer-8',
      name: '王俊雄',
      field: 'mobile',
      before: null,
      after: '0922-111-222',
    },
  ],
  changed_fields: 2,
};

/** The same of a list as long as errors are told: 200, each of a row of its own. */
export const foundMany: ImportFound = {
  ...found,
  wrong: 200,
  errors: Array.from({ length: 200 }, (_, n) => wrong(24 * (n + 1), '電話', `02-29${n}`, 'phone')),
};

/** What a server says of a list of contracts, with what only these can have. */
export const foundContracts: ImportFound = {
  ...found,
  encoding: 'utf-8',
  headings: [
    { heading: '契約編號', kind: 'maintenance_contract', field: 'number' },
    { heading: '客戶名稱', kind: 'customer', field: 'name' },
  ],
  rows: 240,
  wrong: 6,
  repeated: 0,
  counts: [
    { kind: 'maintenance_contract', new: 92, changed: 1, unchanged: 12 },
    { kind: 'covered_asset', new: 205, changed: 0, unchanged: 24 },
  ],
  errors: [
    wrong(8, '客戶名稱', '王大明', 'customer_unknown'),
    wrong(21, '序號', 'S-0999', 'product_unknown'),
    wrong(30, '迄日', '2026/11/30', 'contradicts', { row: 29, before: 1_798_732_799_999, field: 'valid_until' }),
    wrong(44, '包含次數', '-1', 'count'),
    wrong(57, '契約編號', 'M-2026-017', 'number_elsewhere', { name: '林先生', id: 'contract-2' }),
    wrong(80, '起日', '2027/01/01', 'period_apart', {
      from: 1_767_196_800_000,
      until: 1_798_732_799_999,
      id: 'contract-1',
    }),
  ],
  changes: [
    {
      row: 3,
      kind: 'maintenance_contract',
      doc: 'contract-1',
      name: 'M-2026-001',
      field: 'extra_fee',
      before: 80_000,
      after: 90_000,
    },
  ],
  changed_fields: 1,
};
