import type { FixtureAnswers } from '../../src/net/fixture.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import type { Category, Zone } from '../../src/wire/vocabulary.ts';
import { at } from '../fixtures.ts';
import { COUNTY, DAY_MS, NOW, people, UNIT } from './people.ts';

/** The board of the mockup: its technicians, when their phones were last in touch, and their day. */
const TECHNICIANS = [
  ['tech-lin', '林志豪', at(10, 12)],
  ['tech-chou', '周俊宏', at(10, 39)],
  ['tech-hsu', '許家銘', at(10, 40)],
  ['tech-tsai', '蔡宗翰', at(10, 38)],
  ['tech-hsieh', '謝育德', at(9, 21)],
  ['tech-hung', '洪瑞祥', at(10, 40)],
  ['tech-tseng', '曾柏翰', at(10, 37)],
  ['tech-yang', '楊士賢', at(10, 40)],
  ['tech-lai', '賴俊傑', at(10, 2)],
] as const;

type Where = readonly [town: string, zone: Zone];
const BANQIAO: Where = ['板橋區', 'urban'];
const TUCHENG: Where = ['土城區', 'urban'];
const SANXIA: Where = ['三峽區', 'suburban'];
const XINZHUANG: Where = ['新莊區', 'urban'];
const TAMSUI: Where = ['淡水區', 'suburban'];
const SHULIN: Where = ['樹林區', 'urban'];
const YINGGE: Where = ['鶯歌區', 'suburban'];
const ZHONGHE: Where = ['中和區', 'urban'];

interface JobOf {
  readonly who: string;
  readonly where: Where;
  readonly product: readonly [product: string, model: string];
  readonly category: Category;
  /** Working minutes that are left, negative when over. */
  readonly left: number;
  readonly to?: string;
  readonly planned?: number;
  readonly visit?: Kinds['service_visit'];
  readonly over?: Kinds['service_call'];
}

const done = (from: number, to: number): Kinds['service_visit'] => ({
  arrived_at: from,
  finished_at: to,
  fault: '溫度感測器故障',
  action: '更換溫度感測器',
  outcome: 'fixed',
  fee_total: 0,
});
const here = (minutes: number): Kinds['service_visit'] => ({ arrived_at: NOW - minutes * 60_000 });
const friday = { received_at: at(13, 30) - 3 * DAY_MS };
const proposed = (technician: string, when: number) => ({
  proposed_technician: technician,
  proposed_for: when,
  proposed_by: 'clerk-lin',
});

const WAITING: readonly JobOf[] = [
  { who: '周麗華', where: BANQIAO, product: ['洗衣機', 'KW-130'], category: 'paid', left: -10, over: friday },
  { who: '蔡宗憲', where: TUCHENG, product: ['冷氣', 'KA-28VHD'], category: 'warranty', left: 55, over: friday },
  { who: '劉玉珍', where: BANQIAO, product: ['冰箱', 'KR-416'], category: 'warranty', left: 265 },
  {
    who: '鄭凱文',
    where: ZHONGHE,
    product: ['除濕機', 'KD-120'],
    category: 'paid',
    left: 282,
    over: proposed('tech-tseng', at(15, 30)),
  },
  { who: '許淑惠', where: SHULIN, product: ['冷氣', 'KA-50VHD'], category: 'contract', left: 300 },
  { who: '何明哲', where: SANXIA, product: ['熱水器', 'KG-1600'], category: 'warranty', left: 338 },
  { who: '簡秀英', where: YINGGE, product: ['洗衣機', 'KW-150DX'], category: 'warranty', left: 375 },
  { who: '郭建志', where: TAMSUI, product: ['商用冰箱', 'KB-900'], category: 'contract', left: 411 },
];

const job = (
  to: string,
  who: string,
  where: Where,
  product: string,
  category: Category,
  planned: number,
  left: number,
  visit?: Kinds['service_visit'],
): JobOf => ({ who, where, product: [product, ''], category, left, to, planned, ...(visit && { visit }) });

const SENT: readonly JobOf[] = [
  job('tech-lin', '邱麗珠', BANQIAO, '冷氣', 'warranty', at(9), 200, done(at(9, 6), at(10, 16))),
  job('tech-lin', '王建國', SANXIA, '洗衣機', 'paid', at(10, 45), -40),
  job('tech-lin', '陳美惠', BANQIAO, '冰箱', 'warranty', at(13), 90),
  job('tech-lin', '黃淑芬', BANQIAO, '冷氣', 'contract', at(14, 15), 165),
  job('tech-lin', '高慧玲', XINZHUANG, '除濕機', 'warranty', at(15, 30), 320),
  job('tech-lin', '吳冠廷', TAMSUI, '熱水器', 'warranty', at(16, 45), 350),
  job('tech-chou', '溫秀珠', BANQIAO, '冰箱', 'paid', at(9), 200, done(at(9), at(9, 56))),
  job('tech-chou', '羅淑娟', SANXIA, '冷氣', 'warranty', at(10), 200, here(38)),
  job('tech-chou', '江文德', YINGGE, '冰箱', 'warranty', at(13), 185),
  job('tech-chou', '賴美玲', SANXIA, '洗衣機', 'paid', at(14, 30), 250),
  job('tech-hsu', '彭建華', BANQIAO, '洗衣機', 'paid', at(9), 200, done(at(9), at(10, 34))),
  job('tech-hsu', '顏淑敏', BANQIAO, '冷氣', 'warranty', at(13, 15), 215),
  job('tech-tsai', '方志偉', TUCHENG, '商用冰箱', 'contract', at(10), 200, here(52)),
  job('tech-tsai', '葉惠玲', TUCHENG, '冰箱', 'warranty', at(13), 192),
  job('tech-tsai', '石國榮', ZHONGHE, '洗衣機', 'paid', at(14, 45), 290),
  job('tech-hsieh', '馮素珍', TAMSUI, '冷氣', 'warranty', at(9), 200, done(at(9, 3), at(10, 2))),
  job('tech-hsieh', '王素卿', TAMSUI, '冷氣', 'contract', at(10, 30), 200, here(10)),
  job('tech-hsieh', '淡水小吃店', TAMSUI, '製冰機', 'paid', at(13, 15), 82),
  job('tech-hung', '柯佩君', BANQIAO, '冰箱', 'warranty', at(9), 200, done(at(9), at(9, 58))),
  job('tech-hung', '潘信宏', XINZHUANG, '冷氣', 'warranty', at(10, 15), 200, here(21)),
  job('tech-hung', '余雅芳', XINZHUANG, '烘衣機', 'warranty', at(13, 30), 245),
  job('tech-tseng', '游美雲', SHULIN, '熱水器', 'paid', at(10, 15), 146, { en_route_at: at(10, 20) }),
  job('tech-tseng', '戴志明', SHULIN, '冷氣', 'contract', at(14), 308),
  job('tech-yang', '龔秀蘭', BANQIAO, '冷氣', 'contract', at(15), 330),
  job('tech-yang', '沈文龍', BANQIAO, '冰箱', 'paid', at(15, 30), 345),
];

/** The instant at which so many working minutes are left: until noon, from one to six, then the next day. */
function dueIn(left: number): number {
  const [morning, today] = [80, 380];
  if (left <= morning) return NOW + left * 60_000;
  return left <= today ? at(13, left - morning) : at(9, left - today) + DAY_MS;
}

function rowsOf({ who, where, product, category, left, to, planned, visit, over }: JobOf, i: number): FixtureRow[] {
  const [id, [district, zone], asset] = [`board-${i}`, where, `board-asset-${i}`];
  const call: Kinds['service_call'] = {
    unit: UNIT,
    number: `BAN-2026-${String(4119 + i).padStart(6, '0')}`,
    channel: 'phone',
    asset,
    contact_name: who,
    contact_phone: '02-2952-7714',
    address: `${COUNTY}${district}中山路二段 90 巷 7 號 3 樓`,
    district,
    zone,
    symptom: '脫水時震動很大，聲音大到鄰居反映',
    category,
    received_at: at(9, 5),
    due_at: dueIn(left),
    logged_by: 'clerk-lin',
    ...over,
  };
  const dispatch: Kinds['dispatch'] = { unit: UNIT, call: id, technician: to ?? null, planned_at: planned ?? null };
  return [
    { kind: 'asset', id: asset, fields: { unit: UNIT, product: product[0], model_no: product[1] } },
    { kind: 'service_call', id, fields: { ...call, logged_at: (call.received_at ?? 0) + 60_000 } },
    ...(to
      ? [
          {
            kind: 'dispatch' as const,
            id,
            fields: { ...dispatch, dispatched_at: at(8, 40), dispatched_by: 'manager-chen' },
          },
        ]
      : []),
    ...(visit
      ? [
          {
            kind: 'service_visit' as const,
            id,
            fields: { unit: UNIT, call: id, asset, technician: to ?? null, ...visit },
          },
        ]
      : []),
  ];
}

const known = new Set(people.map(({ id }) => id));
const phoneOf = (user: string) => `board-phone-${user}`;
const more: readonly FixtureRow[] = TECHNICIANS.flatMap(([user, name]): FixtureRow[] => [
  ...(known.has(user)
    ? []
    : [
        { kind: 'user' as const, id: user, fields: { name, unit: UNIT } },
        { kind: 'role_grant' as const, id: `grant-${user}`, fields: { user, unit: UNIT, role: 'technician' as const } },
      ]),
  {
    kind: 'device',
    id: phoneOf(user),
    fields: { user, unit: UNIT, name: 'Galaxy A36', place: 'field', enrolled_at: at(9) - 30 * DAY_MS },
  },
]);

export const rows: readonly FixtureRow[] = [...people, ...more, ...[...WAITING, ...SENT].flatMap(rowsOf)];
export const contacts: FixtureAnswers = {
  'GET /api/contacts': TECHNICIANS.map(([user, , when]) => ({
    device: phoneOf(user),
    at: when,
    pending: user === 'tech-lin' ? 2 : 0,
    oldest_pending_at: null,
    app: '0.1.0',
    repairs: null,
  })),
};
