import { canonicalBytes, canonicalText } from '../../src/core/canonical.ts';
import { link } from '../../src/core/chain.ts';
import { signedContent } from '../../src/rules/signed_content.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { encodeStrokes } from '../../src/ui/parts/strokes.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import type { Write } from '../../src/wire/protocol.ts';
import { TEMPLATE } from '../../src/wire/states.ts';
import type { Category, Place, Zone } from '../../src/wire/vocabulary.ts';
import { at, drawing } from '../fixtures.ts';
import { photoFields } from '../photos.ts';
import { contracts } from './contracts.ts';
import { COUNTY, CUSTOMERS, customers, DAY_MS, people, UNIT } from './people.ts';
import { times } from './times.ts';

export const STROKES = encodeStrokes(drawing);
export const STROKES_SHA256 = link(new TextEncoder().encode(STROKES));

interface CallOf {
  readonly customer: number;
  readonly receivedAt: number;
  readonly symptom: string;
  readonly category: Category;
  readonly over?: Kinds['service_call'];
  readonly sent?: { readonly to: string; readonly plannedAt: number };
  readonly visit?: Kinds['service_visit'];
  readonly signed?: Kinds['service_visit'];
  readonly rivals?: Readonly<Record<string, readonly Write[]>>;
}

const write = (value: unknown, author: string, place: Place, effectiveAt: number): Write => [
  [`actor-${author}`, effectiveAt],
  value,
  author,
  place,
  effectiveAt,
  1,
];

const finished = { action: '更換溫度感測器，疏通排水孔', fault: '溫度感測器故障', outcome: 'fixed' } as const;

const CALLS: readonly CallOf[] = [
  { customer: 0, receivedAt: at(13, 30) - 3 * DAY_MS, symptom: '脫水時震動很大，聲音大到鄰居反映', category: 'paid' },
  { customer: 1, receivedAt: at(16, 40) - 3 * DAY_MS, symptom: '不冷，濾網洗過還是一樣', category: 'warranty' },
  { customer: 2, receivedAt: at(9, 5), symptom: '冷凍庫結霜很厚', category: 'warranty' },
  { customer: 3, receivedAt: at(9, 22), symptom: '水滿燈一直亮', category: 'paid' },
  { customer: 4, receivedAt: at(9, 48), symptom: '室外機異音', category: 'contract', over: { appointment_at: at(15) } },
  { customer: 13, receivedAt: at(10, 12), symptom: '三樓教室兩台都不冷，學校下午有會考模擬', category: 'paid' },
  {
    customer: 5,
    receivedAt: at(15, 10) - 3 * DAY_MS,
    symptom: '冷藏室不冷，昨晚開始有滴水聲',
    category: 'warranty',
    sent: { to: 'tech-lin', plannedAt: at(13) },
  },
  {
    customer: 8,
    receivedAt: at(14) - 3 * DAY_MS,
    symptom: '不脫水',
    category: 'paid',
    sent: { to: 'tech-lin', plannedAt: at(10, 30) },
    visit: { en_route_at: at(10, 31) },
  },
  {
    customer: 10,
    receivedAt: at(17) - 3 * DAY_MS,
    symptom: '漏水到客廳',
    category: 'warranty',
    sent: { to: 'tech-chou', plannedAt: at(10) },
    visit: { en_route_at: at(9, 40), arrived_at: at(10, 2) },
  },
  {
    customer: 6,
    receivedAt: at(11) - 3 * DAY_MS,
    symptom: '開機就跳停',
    category: 'contract',
    sent: { to: 'tech-hsieh', plannedAt: at(9) },
    visit: { arrived_at: at(9, 45), finished_at: at(10, 20), ...finished, fee_total: 0 },
    signed: { arrived_at: at(9, 45), ...finished, fee_total: 0, category: 'contract' },
    rivals: {
      arrived_at: [
        write(at(9, 45), 'tech-hsieh', 'field', at(9, 46)),
        write(at(9, 30), 'clerk-lin', 'office', at(9, 34)),
      ],
    },
  },
  {
    customer: 7,
    receivedAt: at(10) - 3 * DAY_MS,
    symptom: '點不著火',
    category: 'paid',
    sent: { to: 'tech-tsai', plannedAt: at(9) },
    visit: {
      arrived_at: at(9, 10),
      finished_at: at(9, 50),
      fault: '點火器老化',
      action: '更換點火器，清潔火排，測試三次正常',
      outcome: 'fixed',
      fee_total: 165_000,
      unsigned_reason: 'absent',
      unsigned_note: '客戶出門，鑰匙交給管理員',
    },
    rivals: {
      fee_total: [write(165_000, 'tech-tsai', 'field', at(9, 50)), write(185_000, 'clerk-lin', 'office', at(10, 6))],
      action: [
        write('更換點火器，清潔火排，測試三次正常', 'tech-tsai', 'field', at(9, 50)),
        write('更換點火器', 'clerk-lin', 'office', at(10, 6)),
      ],
    },
  },
  {
    customer: 9,
    receivedAt: at(16) - 5 * DAY_MS,
    symptom: '不除濕',
    category: 'paid',
    sent: { to: 'tech-chou', plannedAt: at(14) - 5 * DAY_MS },
    visit: {
      arrived_at: at(14, 20) - 5 * DAY_MS,
      arrived_stamped_at: at(14, 52) - 5 * DAY_MS,
      arrived_reason: '忘了按',
      arrived_corrected_by: 'tech-chou',
      arrived_latitude: 25_013_960,
      arrived_longitude: 121_464_470,
      arrived_accuracy: 12,
      finished_at: at(15, 6) - 5 * DAY_MS,
      fault: '不除濕',
      action: '換壓縮機電容',
      outcome: 'fixed',
      fee_total: 185_000,
      amended_at: at(9, 12) - 4 * DAY_MS,
      amended_by: 'manager-chen',
      amended_reason: '補列到府車資，技術員漏填',
    },
    signed: {
      arrived_at: at(14, 20) - 5 * DAY_MS,
      fault: '不除濕',
      action: '換壓縮機電容',
      outcome: 'fixed',
      fee_total: 165_000,
      category: 'paid',
    },
  },
  {
    customer: 12,
    receivedAt: at(9) - 4 * DAY_MS,
    symptom: '遙控器沒反應',
    category: 'warranty',
    sent: { to: 'tech-lin', plannedAt: at(9) },
    visit: {
      arrived_at: at(9, 2),
      finished_at: at(9, 30),
      fault: '接收板故障',
      action: '換接收板',
      outcome: 'fixed',
      fee_total: 0,
    },
    signed: {
      arrived_at: at(9, 2),
      fault: '接收板故障',
      action: '換接收板',
      outcome: 'fixed',
      fee_total: 0,
      category: 'warranty',
    },
    over: { closed_at: at(10, 5), closed_by: 'clerk-lin' },
  },
  {
    customer: 11,
    receivedAt: at(9, 15),
    symptom: '打錯電話，別家的機器',
    category: 'paid',
    over: { withdrawn_at: at(9, 25), withdrawn_reason: '不是我們的商品' },
  },
];

const calls: readonly FixtureRow[] = CALLS.flatMap((one, i) => rowsOf(one, i));

function rowsOf(
  { customer, receivedAt, symptom, category, over, sent, visit, signed, rivals }: CallOf,
  i: number,
): FixtureRow[] {
  const [name, district, zone, street, phone] = CUSTOMERS[customer] ?? CUSTOMERS[0];
  const call = `call-${i}`;
  const id = `visit-${i}`;
  const asset = `asset-${customer}`;
  const fields: Kinds['service_call'] = {
    unit: UNIT,
    number: `BAN-2026-${String(4098 + i).padStart(6, '0')}`,
    channel: 'phone',
    customer: `customer-${customer}`,
    asset,
    contact_name: name,
    contact_phone: phone,
    address: `${COUNTY}${district}${street}`,
    district,
    zone: zone as Zone,
    symptom,
    category,
    received_at: receivedAt,
    logged_at: receivedAt + 60_000,
    logged_by: 'clerk-lin',
    ...over,
  };
  return [
    { kind: 'service_call', id: call, fields },
    ...(sent ? [dispatchOf(id, call, sent)] : []),
    ...(visit && sent
      ? [visitOf(id, { unit: UNIT, call, asset, technician: sent.to, category, ...visit }, rivals)]
      : []),
    ...(signed && sent ? [signatureOf(id, customer, fields, { call, asset, technician: sent.to, ...signed })] : []),
  ];
}

function dispatchOf(id: string, call: string, sent: NonNullable<CallOf['sent']>): FixtureRow {
  const [planned_at, dispatched_at] = [sent.plannedAt, sent.plannedAt - 5_400_000];
  const fields = { unit: UNIT, call, technician: sent.to, planned_at, dispatched_at, dispatched_by: 'manager-chen' };
  return { kind: 'dispatch', id, fields };
}

function visitOf(id: string, fields: Kinds['service_visit'], rivals: CallOf['rivals']): FixtureRow {
  return { kind: 'service_visit', id, fields, ...(rivals && { rivals }) };
}

function signatureOf(
  visit: string,
  customer: number,
  call: Kinds['service_call'],
  signed: Kinds['service_visit'],
): FixtureRow {
  const [name, , , , , product, model_no, serial_no] = CUSTOMERS[customer] ?? CUSTOMERS[0];
  const role = 'customer';
  const parties = { unitName: '板橋服務中心', technicianName: '周俊宏' };
  const content = signedContent(parties, { name }, { product, model_no, serial_no }, call, signed, { role, name });
  return {
    kind: 'signature',
    id: `signature-${visit}`,
    fields: {
      unit: UNIT,
      visit,
      role,
      signer_name: name,
      signed_at: (signed.arrived_at ?? 0) + 2_760_000,
      template: TEMPLATE,
      content: canonicalText(content),
      content_sha256: link(canonicalBytes(content)),
      strokes_sha256: STROKES_SHA256,
    },
  };
}

/** Past visits of the dehumidifier: date, category, fault and action, technician, money, and why nobody signed. */
const PAST = [
  [140, 'paid', '水箱感應不良', '清潔接點', 'tech-lin', 80_000, undefined],
  [336, 'paid', '異音', '換風扇軸承', 'tech-lin', 120_000, undefined],
  [531, 'paid', '濾網阻塞', '清潔，檢查正常', 'tech-tsai', 50_000, undefined],
  [889, 'warranty', '不通電', '換電源板', 'tech-hsu', 0, undefined],
  [1177, 'warranty', '漏水', '換水箱墊圈', 'tech-lin', 0, 'absent'],
  [1379, 'warranty', '', '檢查，無異常', 'tech-hsieh', 0, undefined],
  [1577, 'warranty', '', '送貨，說明使用方式', 'tech-hsu', 0, undefined],
] as const;

const past: readonly FixtureRow[] = PAST.flatMap(([days, category, fault, action, technician, fee_total, reason]) => {
  const id = `past-${days}`;
  const arrived_at = at(10, 5) - days * DAY_MS;
  const asset = 'asset-9';
  const signed = { asset, technician, arrived_at, fault, action, fee_total, outcome: 'fixed', category } as const;
  const visit: FixtureRow = {
    kind: 'service_visit',
    id,
    fields: {
      unit: UNIT,
      ...signed,
      finished_at: arrived_at + 1_800_000,
      ...(reason && { unsigned_reason: reason }),
    },
  };
  return reason ? [visit] : [visit, signatureOf(id, 9, {}, signed)];
});

const OUT: Readonly<Record<number, string>> = {
  5: 'tech-lin',
  8: 'tech-lin',
  9: 'tech-chou',
  10: 'tech-chou',
  6: 'tech-hsieh',
};

const vouchers: readonly FixtureRow[] = CUSTOMERS.map((_, i): FixtureRow => {
  const out = OUT[i];
  const lent = out ? { checked_out_at: at(8, 58), checked_out_to: out } : {};
  return {
    kind: 'service_voucher',
    id: `asset-${i}`,
    fields: {
      unit: UNIT,
      number: `V-BAN-${String(18_342 + i).padStart(6, '0')}`,
      filed_at: at(17, 30) - 140 * DAY_MS,
      ...lent,
    },
  };
});

/** Photos of every visit to the dehumidifier's owner today; the last one is still on the phone. */
const photos: readonly FixtureRow[] = calls
  .filter(({ kind, fields }) => kind === 'service_visit' && 'asset' in fields && fields.asset === 'asset-9')
  .flatMap(({ id }) =>
    [1, 2, 3, 4].map((file): FixtureRow => {
      const caption = file === 2 ? '感測器斷線' : null;
      return {
        kind: 'photo',
        id: `photo-${id}-${file}`,
        fields: { unit: UNIT, visit: id, ...photoFields(file, file * 4, caption) },
      };
    }),
  );

export const rows: readonly FixtureRow[] = [
  ...people,
  ...customers,
  ...contracts,
  ...calls,
  ...past,
  ...vouchers,
  ...photos,
  ...times,
];
