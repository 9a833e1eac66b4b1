import { expect, test } from 'vitest';
import { digitsOf, isMobile } from '../../src/ui/books/telephone.ts';
import {
  BLANK,
  blankIfEmpty,
  customersByName,
  customersByPhone,
  type Intake,
  missingIn,
  openCallsOf,
  otherOpenCalls,
  refusedCategory,
  tableZone,
  withAddress,
  withAsset,
  withCustomer,
  withOtherProduct,
  withReceipt,
} from '../../src/ui/office/intake.ts';
import { logged, provisionalNumber } from '../../src/ui/office/logging.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const chen = doc('customer', 'chen', {
  name: '陳美惠',
  phone: '02-2960-1847',
  mobile: '0912-345-678',
  address: '板橋區文化路一段 188 巷 12 號 5 樓',
  district: '板橋區',
  zone: 'urban',
});
const fridge = doc('asset', 'fridge', {
  customer: 'chen',
  product: '變頻冰箱',
  model_no: 'KR-528WN',
  warranty_until: at(0),
});
const now = at(10);

test.each([
  ['02-2960-1847', '0229601847'],
  ['（02）２９６０－１８４７', '0229601847'],
  ['+886 2 2960 1847', '0229601847'],
  ['+886 (0)912-345-678', '0912345678'],
])('%s is the number %s', (typed, digits) => {
  expect(digitsOf(typed)).toBe(digits);
});

test('a mobile number is kept as one', () => {
  expect(['0912-345-678', '02-2960-1847', '091234'].map(isMobile)).toEqual([true, false, false]);
});

test('F013 the customer is found by either number, however it is typed, and by one he called from before', () => {
  const before = doc('service_call', 'old', { customer: 'chen', contact_phone: '02-8992-5530' });
  const all = books(chen, before, doc('customer', 'other', { phone: '02-2960-1848' }));
  for (const typed of ['0229601847', '0912345678', '02 8992 5530'])
    expect(customersByPhone(all, typed), typed).toEqual([chen]);
});

test('nobody is found while the number is still being typed', () => {
  expect(customersByPhone(books(chen), '022960')).toEqual([]);
  expect(customersByPhone(books(doc('customer', 'x', { name: '沒有電話' })), '0229601847')).toEqual([]);
});

test('a caller whose number is new may be found by his name', () => {
  expect(customersByName(books(chen), ' 陳美惠 ')).toEqual([chen]);
  expect(customersByName(books(doc('customer', 'x', { name: '' })), '')).toEqual([]);
});

test('the customer fills the form, and his only product with the category of its warranty', () => {
  expect(withCustomer(books(chen, fridge), BLANK, chen, now)).toMatchObject({
    customer: 'chen',
    name: '陳美惠',
    district: '板橋區',
    asset: 'fridge',
    model: 'KR-528WN',
    category: 'paid',
  });
});

test('of several products none is taken by itself, and where there is none a new one is typed', () => {
  const second = doc('asset', 'second', { customer: 'chen', model_no: 'KA-28VHD' });
  expect(withCustomer(books(chen, fridge, second), BLANK, chen, now)).toMatchObject({ asset: '', model: '' });
  expect(withCustomer(books(chen), BLANK, chen, now).asset).toBeNull();
});

test.each([
  [at(10), 'warranty'],
  [at(10) - 1, 'paid'],
  [undefined, 'contract'],
])('a warranty until %s proposes %s, and without one nothing changes', (until, category) => {
  const asset = doc('asset', 'x', until === undefined ? {} : { warranty_until: until });
  expect(withAsset(books(asset), { ...BLANK, category: 'contract' }, asset, now).category).toBe(category);
});

test('F004 whoever is to pay although the warranty covers it is told why, and the call keeps it', () => {
  const asset = doc('asset', 'x', { warranty_until: at(10) });
  const shelf = books(asset);
  const paid: Intake = { ...withAsset(shelf, BLANK, asset, now), category: 'paid' };
  expect(missingIn(shelf, paid, 'ban', now)).toContain('categoryReason');
  const told = { ...paid, categoryReason: ' 客戶摔落 ' };
  expect(missingIn(shelf, told, 'ban', now)).not.toContain('categoryReason');
  const desk = { user: 'chen', unit: 'ban', now, id: () => 'new' };
  const reasonOf = (intake: Intake) => logged(shelf, intake, desk).edits.at(-1)?.fields;
  expect(reasonOf(told)).toMatchObject({ category: 'paid', category_reason: '客戶摔落' });
  expect(reasonOf({ ...told, category: 'warranty' })).not.toHaveProperty('category_reason');
  expect(missingIn(shelf, { ...paid, asset: null }, 'ban', now)).not.toContain('categoryReason');
});

test('F003 a call that came in on another day is proposed what its product had then', () => {
  const asset = doc('asset', 'x', { warranty_until: now - 1 });
  const shelf = books(asset);
  const taken = withAsset(shelf, BLANK, asset, now);
  expect([taken.category, withReceipt(shelf, taken, now - 60_000, now).category]).toEqual(['paid', 'warranty']);
  expect(withReceipt(shelf, { ...taken, category: 'contract' }, now - 60_000, now).category).toBe('contract');
});

test('F010 a draft in which nothing is left but when its first key was pressed is blank', () => {
  expect(blankIfEmpty({ ...BLANK, startedAt: at(9) })).toBe(BLANK);
  const left = withAddress(books(), { ...BLANK, startedAt: at(9) }, '三峽區', 'ban');
  expect(blankIfEmpty(withAddress(books(), left, '', 'ban'))).toBe(BLANK);
  for (const kept of [{ phone: '0' }, { zone: 'suburban' }, { category: 'paid' }, { receivedAt: at(8) }] as const)
    expect(blankIfEmpty({ ...BLANK, ...kept })).toEqual({ ...BLANK, ...kept });
});

test('F010 a time by hand is one at which a call can have come in', () => {
  const wrong = (receivedAt: number) => missingIn(books(), { ...BLANK, receivedAt }, 'ban', now).includes('receivedAt');
  expect([now + 1, now, now - 30 * DAY_MS, now - 31 * DAY_MS].map(wrong)).toEqual([true, false, false, true]);
});

test('F003 what one product proposed is not the category of the next, of which nobody knows the warranty', () => {
  const [covered, unknown] = [doc('asset', 'covered', { warranty_until: at(10) }), doc('asset', 'unknown', {})];
  const shelf = books(covered, unknown);
  const free = withAsset(shelf, BLANK, covered, now);
  expect(free.category).toBe('warranty');
  expect(withAsset(shelf, free, unknown, now).category).toBe('');
  expect(withOtherProduct(free).category).toBe('');
  expect(withAsset(shelf, { ...free, asset: 'unknown', category: 'paid' }, unknown, now).category).toBe('paid');
});

test('the zone of an address is that of most customers of its district', () => {
  const sanxia = (id: string, zone: 'urban' | 'suburban') => doc('customer', id, { district: '三峽區', zone });
  const all = books(sanxia('1', 'suburban'), sanxia('2', 'suburban'), sanxia('3', 'urban'));
  expect(withAddress(all, BLANK, '新北市三峽區民生街 88 號', 'ban')).toMatchObject({
    district: '三峽區',
    zone: 'suburban',
  });
  expect(withAddress(all, BLANK, '林口區文化路', 'ban').zone).toBe('urban');
});

const table = books(
  doc('district', 'd-1', { unit: 'ban', name: '三峽區', zone: 'suburban' }),
  doc('district', 'd-2', { unit: 'tao', name: '三峽區', zone: 'urban' }),
  doc('customer', 'one', { district: '三峽區', zone: 'urban' }),
);

test('F020 the unit’s own table says how far a district is, whoever lives there', () => {
  const zoneFor = (unit: string) => withAddress(table, BLANK, '三峽區民生街 88 號', unit).zone;
  expect([zoneFor('ban'), zoneFor('tao'), zoneFor('elsewhere')]).toEqual(['suburban', 'urban', 'urban']);
});

test('F020 of two counties with a 信義區 each has its own row, and the bare one is for whoever names no county', () => {
  const two = books(
    doc('district', 'd-1', { unit: 'ban', name: '信義區', zone: 'urban' }),
    doc('district', 'd-2', { unit: 'ban', name: '基隆市信義區', zone: 'suburban' }),
    doc('district', 'd-3', { unit: 'tao', name: '臺北市信義區', zone: 'suburban' }),
  );
  const at = (address: string, unit = 'ban') => withAddress(two, BLANK, address, unit);
  expect(at('基隆市信義區信一路')).toMatchObject({ district: '信義區', zone: 'suburban' });
  expect(at('臺北市信義區松仁路')).toMatchObject({ district: '信義區', zone: 'urban' });
  expect(at('信義區松仁路').zone).toBe('urban');
  expect([at('台北市信義區松仁路', 'tao').zone, at('基隆市信義區信一路', 'tao').zone]).toEqual(['suburban', 'urban']);
  expect(tableZone(two, at('基隆市信義區信一路'), 'ban')?.name).toBe('基隆市信義區');
});

test('F020 who lives in another county’s district of the same name says nothing about this one', () => {
  const lives = (id: string, address: string) => doc('customer', id, { district: '信義區', address, zone: 'suburban' });
  const all = books(lives('1', '基隆市信義區信一路 1 號'), lives('2', '基隆市信義區信二路'));
  const zones = ['基隆市信義區', '台北市信義區', '信義區'].map(
    (address) => withAddress(all, BLANK, address, 'ban').zone,
  );
  expect(zones).toEqual(['suburban', 'urban', 'suburban']);
});

test('F020 a customer’s district counts with the county of his address, or with its own', () => {
  const zoneFor = (district: string | null, address: string) => {
    const customer = doc('customer', 'c', { unit: 'ban', district, address });
    const row = doc('district', 'd', { unit: 'ban', name: '基隆市信義區', zone: 'suburban' });
    return withCustomer(books(customer, row), BLANK, customer, now).zone;
  };
  expect([zoneFor(null, '基隆市信義區信一路'), zoneFor('信義區', '基隆市信義區信一路')]).toEqual([
    'suburban',
    'suburban',
  ]);
  expect([zoneFor('基隆市信義區', '信一路 3 號'), zoneFor('信義區', '台北市信義區松仁路')]).toEqual([
    'suburban',
    'urban',
  ]);
});

test('F020 another zone than the table’s needs a reason, which a new address forgets', () => {
  const other: Intake = { ...written, district: '三峽區', zone: 'urban' };
  expect(missingIn(table, other, 'ban', now)).toEqual(['zoneReason']);
  expect(missingIn(table, { ...other, zoneReason: '靠近板橋' }, 'ban', now)).toEqual([]);
  expect(missingIn(table, { ...other, zone: 'suburban' }, 'ban', now)).toEqual([]);
  expect(withAddress(table, { ...other, zoneReason: '靠近板橋' }, '三峽區民生街', 'ban').zoneReason).toBe('');
});

test('an open call of the same product is told, a closed one is not', () => {
  const open = doc('service_call', 'open', { asset: 'fridge' });
  const closed = doc('service_call', 'closed', { asset: 'fridge', closed_at: 1 });
  const elsewhere = doc('service_call', 'elsewhere', { asset: 'fridge', unit: 'unit-elsewhere' });
  const all = books(doc('asset', 'fridge', {}), open, closed, elsewhere);
  expect(openCallsOf(all, 'fridge')).toEqual([open]);
  expect([openCallsOf(all, ''), openCallsOf(all, null)]).toEqual([[], []]);
});

test('F013 another open call of whoever calls is told, of another product or of none', () => {
  const call = (id: string, fields: Kinds['service_call']) => doc('service_call', id, { customer: 'chen', ...fields });
  const tv = doc('asset', 'tv', { customer: 'chen' });
  const all = books(
    chen,
    fridge,
    tv,
    call('same', { asset: 'fridge' }),
    call('other', { asset: 'tv' }),
    call('none', {}),
    call('closed', { asset: 'tv', closed_at: 1 }),
    call('withdrawn', { withdrawn_at: 1 }),
    call('double', { duplicate_of: 'none' }),
    call('rang', { customer: 'wu', contact_phone: '+886 2 2960 1847' }),
    call('elses', { customer: 'wu', contact_phone: '02-2222-0000' }),
  );
  const told = (intake: Partial<Intake>) => otherOpenCalls(all, { ...BLANK, ...intake }).map(({ id }) => id);
  expect(told({ customer: 'chen', asset: 'fridge' })).toEqual(['other', 'none']);
  expect(told({ customer: 'chen', asset: null })).toEqual(['same', 'other', 'none']);
  expect(told({ phone: '02 2960-1847', asset: 'fridge' })).toEqual(['other', 'none', 'rang']);
  expect([told({}), told({ phone: '0229' })]).toEqual([[], []]);
});

const written: Intake = {
  ...BLANK,
  phone: '0912-345-678',
  name: ' 陳美惠 ',
  address: '板橋區文化路一段',
  district: '板橋區',
  model: 'KR-528WN',
  category: 'warranty',
  symptom: '冷藏室不冷',
  startedAt: at(9, 58),
};

test('F001 F010 a call without a category, a name, an address, a telephone or a product is not logged', () => {
  expect(missingIn(books(), BLANK, 'ban', now)).toEqual(['phone', 'name', 'address', 'product', 'category', 'symptom']);
  expect(missingIn(books(), written, 'ban', now)).toEqual([]);
});

test('F010 whoever calls can be called back, and no call came in later than now', () => {
  expect(missingIn(books(), { ...written, phone: '不詳' }, 'ban', now)).toEqual(['phone']);
  expect(missingIn(books(), { ...written, phone: '1847' }, 'ban', now)).toEqual(['phone']);
  const later = { ...written, receivedAt: now + 1, receivedReason: '打錯' };
  expect(missingIn(books(), later, 'ban', now)).toEqual(['receivedAt']);
  expect(missingIn(books(), { ...later, receivedAt: now }, 'ban', now)).toEqual([]);
});

test('a product that was not chosen is missing', () => {
  expect(missingIn(books(), { ...written, asset: '', model: '' }, 'ban', now)).toEqual(['product']);
});

test('F003 free of charge is refused from the instant at which the warranty is over', () => {
  const all = books(doc('asset', 'fridge', { warranty_until: at(10) }), doc('asset', 'old', {}));
  const refused = (over: Partial<Intake>) => refusedCategory(all, { ...written, asset: 'fridge', ...over }, at(12));
  expect([refused({ receivedAt: at(10) }), refused({ receivedAt: at(10) + 1 })]).toEqual([undefined, 'notFree']);
  expect([refused({ startedAt: at(11) }), refused({ startedAt: null })]).toEqual(['notFree', 'notFree']);
  expect([refused({ category: 'paid' }), refused({ category: '' }), refused({ asset: 'old' })]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('F002 a call by contract is refused where no contract covers the product on its day', () => {
  const all = books(
    doc('asset', 'fridge', { unit: 'ban', warranty_until: at(9) }),
    doc('asset', 'other', { unit: 'ban' }),
    doc('maintenance_contract', 'm', { unit: 'ban', valid_from: at(10), valid_until: at(14) }),
    doc('covered_asset', 'c', { unit: 'ban', contract: 'm', asset: 'fridge' }),
  );
  const refused = (over: Partial<Intake>) =>
    refusedCategory(all, { ...written, asset: 'fridge', category: 'contract', ...over }, at(12));
  expect([refused({ receivedAt: at(10) }), refused({ receivedAt: at(14) })]).toEqual([undefined, undefined]);
  expect([refused({ receivedAt: at(9) }), refused({ receivedAt: at(14) + 1 })]).toEqual([
    'notContracted',
    'notContracted',
  ]);
  expect([refused({ asset: 'other' }), refused({ asset: null })]).toEqual(['notContracted', 'notContracted']);
  const asset = all.asset.get('fridge');
  if (!asset) throw new Error('no product');
  expect(withAsset(all, BLANK, asset, at(12)).category).toBe('contract');
});

test('F010 another time than the clock asks for a reason', () => {
  expect(missingIn(books(), { ...written, receivedAt: at(9) }, 'ban', now)).toEqual(['receivedReason']);
});

const desk = () => {
  let made = 0;
  const id = () => {
    made += 1;
    return `new-${made}-00000`;
  };
  return { user: 'clerk', unit: 'ban', now, id };
};

test('F013 a new customer with a new product is one group: customer, product, voucher, call', () => {
  const { edits, label, call } = logged(books(), written, desk());
  expect(edits.map(({ kind }) => kind)).toEqual(['customer', 'asset', 'service_voucher', 'service_call']);
  const [customer, asset, voucher, last] = edits;
  expect(customer?.fields).toEqual({
    unit: 'ban',
    name: '陳美惠',
    mobile: '0912-345-678',
    address: '板橋區文化路一段',
    district: '板橋區',
    zone: 'urban',
  });
  expect(voucher).toMatchObject({ id: asset?.id, fields: { unit: 'ban', origin: 'at_call', opened_at: now } });
  expect(last).toMatchObject({
    id: call,
    fields: { customer: customer?.id, asset: asset?.id, received_at: at(9, 58), logged_at: now, logged_by: 'clerk' },
  });
  expect(last?.fields).not.toHaveProperty('received_reason');
  expect(label).toEqual({ about: call, what: 'call.logged', who: '陳美惠' });
});

test('a customer with a voucher adds nothing but the call', () => {
  const all = books(chen, fridge, doc('service_voucher', 'fridge', {}));
  const { edits } = logged(all, { ...written, customer: 'chen', asset: 'fridge' }, desk());
  expect(edits).toHaveLength(1);
  expect(edits[0]).toMatchObject({ kind: 'service_call', fields: { customer: 'chen', asset: 'fridge' } });
});

test('a time by hand is kept with its reason, an appointment by the clock of the unit', () => {
  const intake = { ...written, receivedAt: at(8, 30), receivedReason: '昨天語音留言', appointment: '2026-11-23T15:00' };
  expect(logged(books(), intake, desk()).edits.at(-1)?.fields).toMatchObject({
    received_at: at(8, 30),
    received_reason: '昨天語音留言',
    appointment_at: at(15),
  });
});

test('F012 a provisional number names the day and cannot be mistaken for an official one', () => {
  expect(provisionalNumber('01kabcdefghjkmnpqrstvwxyz0', at(1))).toBe('T261123-WXYZ0');
});
