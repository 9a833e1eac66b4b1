import type { FixtureRow } from '../../src/store/fixture.ts';
import { at } from '../fixtures.ts';

export const DAY_MS = 86_400_000;
export const UNIT = 'unit-ban';
/** Monday, twenty to eleven in the morning. */
export const NOW = at(10, 40);

const PEOPLE = [
  ['clerk-lin', '林佳蓉', 'clerk'],
  ['manager-chen', '陳文彬', 'service_manager'],
  ['admin-wu', '吳明哲', 'admin'],
  ['tech-lin', '林志豪', 'technician'],
  ['tech-chou', '周俊宏', 'technician'],
  ['tech-hsu', '許家銘', 'technician'],
  ['tech-tsai', '蔡宗翰', 'technician'],
  ['tech-hsieh', '謝育德', 'technician'],
] as const;

/** Phones that were stopped, each at another stage; the last one with its person's account. */
const STOPPED = [
  ['device-old', 'tech-hsu', '舊的公務手機', at(8, 10)],
  ['device-coming', 'tech-tsai', 'Redmi Note 14 Pro', at(10, 5)],
  ['device-lost', 'tech-hsieh', '掉在三峽的手機', at(15) - 3 * DAY_MS],
  ['device-left', 'tech-old', '戴志明的手機', null],
] as const;

export const people: readonly FixtureRow[] = [
  {
    kind: 'unit',
    id: UNIT,
    fields: {
      name: '板橋服務中心',
      code: 'BAN',
      kind: 'center',
      time_zone: 'Asia/Taipei',
      address: '新北市板橋區文化路一段 188 號',
      phone: '02-2960-1188',
    },
  },
  ...PEOPLE.flatMap(([user, name, role]): FixtureRow[] => [
    { kind: 'user', id: user, fields: { name, unit: UNIT } },
    { kind: 'role_grant', id: `grant-${user}`, fields: { user, unit: UNIT, role } },
  ]),
  {
    kind: 'device',
    id: 'device-office',
    fields: {
      user: 'manager-chen',
      unit: UNIT,
      name: '陳文彬的電腦',
      place: 'office',
      enrolled_at: at(9) - 40 * DAY_MS,
    },
  },
  {
    kind: 'device',
    id: 'device-lin',
    fields: { user: 'tech-lin', unit: UNIT, name: 'Pixel 9', place: 'field', enrolled_at: at(9) - 35 * DAY_MS },
  },
  ...(['tech-chou', 'tech-hsu', 'tech-tsai'] as const).map(
    (user): FixtureRow => ({
      kind: 'device',
      id: `device-${user}`,
      fields: { user, unit: UNIT, name: 'Galaxy A36', place: 'field', enrolled_at: at(9) - 30 * DAY_MS },
    }),
  ),
  {
    kind: 'user',
    id: 'tech-old',
    fields: { name: '戴志明', unit: UNIT, deactivated_at: at(17, 30) - 10 * DAY_MS },
  },
  ...STOPPED.map(
    ([id, user, name, revoked_at]): FixtureRow => ({
      kind: 'device',
      id,
      fields: { user, unit: UNIT, name, place: 'field', enrolled_at: at(9) - 300 * DAY_MS, revoked_at },
    }),
  ),
];

/** Customer, district, zone, address, telephone, product, model, serial number, days of warranty left. */
export const CUSTOMERS = [
  ['周麗華', '板橋區', 'urban', '中山路二段 90 巷 7 號 3 樓', '02-2952-7714', '洗衣機', 'KW-130', '130W19-00821', -700],
  ['蔡宗憲', '土城區', 'urban', '中央路三段 210 號', '02-2265-3381', '分離式冷氣', 'KA-28VHD', '028V25-11032', 300],
  ['劉玉珍', '板橋區', 'urban', '府中路 32 號 2 樓', '02-2960-5522', '變頻冰箱', 'KR-416', '416R25-02217', 500],
  ['鄭凱文', '中和區', 'urban', '景平路 188 號 11 樓', '0922-410-358', '除濕機', 'KD-120', '120D20-07730', -90],
  ['許淑惠', '樹林區', 'urban', '中華路 88 號', '02-2681-9940', '分離式冷氣', 'KA-50VHD', '050V24-01882', 200],
  [
    '陳美惠',
    '板橋區',
    'urban',
    '文化路一段 188 巷 12 號 5 樓',
    '02-2960-1847',
    '變頻冰箱',
    'KR-528WN',
    '528N23-04417',
    480,
  ],
  ['王素卿', '淡水區', 'suburban', '中正東路二段 68 號', '02-2621-7708', '變頻冷氣', 'KA-50VHD', '050V23-00417', 120],
  ['李文雄', '三峽區', 'suburban', '民生街 41 號', '02-2671-3350', '熱水器', 'KG-1600FE', '160G21-03319', -400],
  ['王建國', '三峽區', 'suburban', '民生街 88 號', '0933-518-640', '洗衣機', 'KW-150DX', '150W22-06610', -200],
  ['張雅文', '新莊區', 'urban', '中平路 201 號 9 樓', '02-8992-5530', '除濕機', 'KD-160H', '160H22-20958', -846],
  ['羅淑娟', '三峽區', 'suburban', '復興路 17 號', '02-2672-8841', '分離式冷氣', 'KA-36VHD', '036V21-00817', 60],
  ['游美雲', '樹林區', 'urban', '保安街二段 5 號', '02-2683-1150', '熱水器', 'KG-1600FE', '160G20-00218', -10],
  ['邱麗珠', '板橋區', 'urban', '四川路一段 300 號', '02-2958-6612', '分離式冷氣', 'KA-28VHD', '028V22-40110', 33],
  [
    '新北市立板橋文德國民小學總務處',
    '板橋區',
    'urban',
    '英士路 179 號',
    '02-2252-8000',
    '商用變頻冷氣',
    'KA-90VHD-3P',
    '090V20-00031',
    10,
  ],
] as const;
export const COUNTY = '新北市';

export const customers: readonly FixtureRow[] = CUSTOMERS.flatMap(
  ([name, district, zone, street, phone, product, model_no, serial_no, left], i): FixtureRow[] => [
    {
      kind: 'customer',
      id: `customer-${i}`,
      fields: { unit: UNIT, name, district, zone, address: `${COUNTY}${district}${street}`, phone },
    },
    {
      kind: 'asset',
      id: `asset-${i}`,
      fields: {
        unit: UNIT,
        customer: `customer-${i}`,
        product,
        model_no,
        serial_no,
        sold_at: NOW + (left - 1095) * DAY_MS,
        warranty_until: NOW + left * DAY_MS,
      },
    },
  ],
);
