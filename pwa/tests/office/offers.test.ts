import { expect, test } from 'vitest';
import { ALIKE } from '../../src/ui/books/alike.ts';
import type { Books } from '../../src/ui/books/books.ts';
import { productsWithSerial } from '../../src/ui/books/duplicates.ts';
import { findCalled, indexer } from '../../src/ui/books/finding.ts';
import { charactersOf } from '../../src/ui/books/folding.ts';
import { BLANK, type Intake, withoutChosen, withPhone } from '../../src/ui/office/intake.ts';
import { isAbout, knownBy, offersFor, withKnown, withOffer } from '../../src/ui/office/offers.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const now = at(10);
const chang = doc('customer', 'chang', { name: '張雅文', phone: '02-8992-5530', address: '新北市新莊區中正路 510 號' });
const twice = doc('customer', 'twice', { name: '章雅雯', mobile: '0933-218-640', merged_into: 'chang' });
const wang = doc('customer', 'wang', { name: '王張美', phone: '02-2955-1234', mobile: '0912-345-678' });
const street = doc('customer', 'street', { name: '林志明', address: '張家莊 1 號' });
const dryer = doc('asset', 'dryer', { customer: 'twice', product: '除濕機', serial_no: '160H22-20958' });
const again = doc('asset', 'again', { customer: 'chang', serial_no: 'KD-77', merged_into: 'dryer' });
const fridge = doc('asset', 'fridge', {
  customer: 'wang',
  product: '冰箱',
  serial_no: '528N',
  warranty_until: now + DAY_MS,
});
const washer = doc('asset', 'washer', { customer: 'wang', product: '洗衣機', serial_no: '150D' });
const all = books(chang, twice, wang, street, dryer, again, fridge, washer);
const index = await indexer(charactersOf(ALIKE))(all);

const MOST = 5;
const offered = (over: Partial<Intake>, within: Books = all) => {
  const intake = { ...BLANK, ...over };
  const { list, more } = offersFor(within, intake, findCalled(index, intake.name, MOST));
  return { told: list.map(({ by, customer, asset }) => `${by} ${asset?.id ?? customer.id}`), more };
};
const ids = (typed: string, most = MOST) => findCalled(index, typed, most).docs.map(({ id }) => id);

test.each([
  ['張', ['chang', 'wang']],
  ['张雅', ['chang']],
  ['雅文', ['chang']],
  ['張雅 文', ['chang']],
  ['雅雯', ['chang']],
  ['', []],
  [' ', []],
  ['新莊', []],
])('F013 a part of a name, %s, finds customers by name alone, however it is written', (typed, found) => {
  expect(ids(typed)).toEqual(found);
});

test('F013 who is called just so comes first, and how many more there are is told', () => {
  expect(ids('王張美')).toEqual(['wang']);
  expect(findCalled(index, '張', 1)).toMatchObject({ docs: [{ id: 'chang' }], count: 2 });
  const intake = { ...BLANK, name: '張' };
  expect(offersFor(all, intake, findCalled(index, '張', 1)).more).toBe(1);
});

test.each(['160H22-20958', '160h2220958', ' １６０Ｈ２２ 20958 '])(
  'F013 the serial number %s finds its product',
  (typed) => {
    expect(productsWithSerial(all, typed)).toEqual([dryer]);
  },
);

test('F013 a serial number is whole, and one of what was merged finds what stays', () => {
  expect([productsWithSerial(all, '160H22'), productsWithSerial(all, ''), productsWithSerial(all, '-')]).toEqual([
    [],
    [],
    [],
  ]);
  expect(productsWithSerial(all, 'kd77')).toEqual([dryer]);
});

test('F013 a typed serial number offers its product with its owner, and what was merged away is not offered', () => {
  expect(offered({ serial: '528n' }).told).toEqual(['serial fridge']);
  const [offer] = offersFor(all, { ...BLANK, serial: '160H2220958' }, undefined).list;
  expect(offer).toEqual({ by: 'serial', customer: chang, asset: dryer });
  expect(offered({ serial: '528N', asset: 'washer' }).told).toEqual([]);
  expect(offered({ serial: 'X' }, books(doc('asset', 'x', { serial_no: 'X' }))).told).toEqual([]);
});

test('F013 a part of a name offers its customers until somebody is known by his number', () => {
  expect(offered({ name: '张' }).told).toEqual(['name chang', 'name wang']);
  expect(offered({ name: '雯' }).told).toEqual(['name chang']);
  expect(offered({ name: '張', phone: '02-2955-1234' }).told).toEqual(['phone wang']);
  expect(offered({ name: '張', customer: 'street' }).told).toEqual([]);
});

test('a name is looked for by itself until the search is ready', () => {
  const told = (name: string) => offersFor(all, { ...BLANK, name }, undefined).list.map(({ customer }) => customer.id);
  expect([told('張'), told('張雅文'), told('章雅雯')]).toEqual([[], ['chang'], ['chang']]);
});

test('F013 the product that a serial number offers is taken with its owner, also from somebody else’s draft', () => {
  const [offer] = offersFor(all, { ...BLANK, serial: '528N' }, undefined).list;
  if (!offer) throw new Error('nothing offered');
  const typed: Intake = { ...BLANK, phone: '0988-000-111', serial: '528N', symptom: '不冷', startedAt: at(9) };
  const taken = { customer: 'wang', name: '王張美', asset: 'fridge', product: '冰箱', category: 'warranty' };
  expect(withOffer(all, typed, offer, now)).toMatchObject({ ...taken, phone: '0988-000-111', symptom: '不冷' });
  expect(withOffer(all, { ...typed, customer: 'chang' }, offer, now)).toMatchObject(taken);
  const his = { ...typed, customer: 'wang', name: '王張美', address: '改過的地址' };
  expect(withOffer(all, his, offer, now)).toMatchObject({ ...taken, address: '改過的地址' });
});

test('who was chosen stays with another number, which offers its owner; who was told by his number goes with it', () => {
  const [byName] = offersFor(all, { ...BLANK, name: '張雅' }, findCalled(index, '張雅', MOST)).list;
  if (!byName) throw new Error('nobody offered');
  const chosen = withOffer(all, BLANK, byName, now);
  expect(chosen).toMatchObject({ customer: 'chang', phone: '02-8992-5530', asset: 'dryer', chosen: true });
  const elsewhere = withPhone(all, chosen, '02-2955-1234', now);
  expect(elsewhere).toMatchObject({ customer: 'chang', phone: '02-2955-1234' });
  expect(offersFor(all, elsewhere, undefined).list).toEqual([{ by: 'phone', customer: wang }]);
  const told = withPhone(all, BLANK, '02-2955-1234', now);
  expect([told.customer, withPhone(all, told, '02-2955-123', now).customer]).toEqual(['wang', '']);
});

test('who is not the one who was chosen takes his number with him, and not one that was typed', () => {
  const chosen = withKnown(all, { ...BLANK, symptom: '不冷' }, { customer: chang }, now);
  expect(withoutChosen(all, chosen)).toEqual({ ...BLANK, symptom: '不冷' });
  expect(withoutChosen(all, { ...chosen, phone: '0988-000-111' }).phone).toBe('0988-000-111');
});

test('F013 an address names a customer, or a product with its owner, as the one that stays', () => {
  expect(knownBy(all, 'customer', 'twice')).toEqual({ customer: chang, asset: undefined });
  expect(knownBy(all, 'asset', 'again')).toEqual({ customer: chang, asset: dryer });
  expect([knownBy(all, 'asset', 'nothing'), knownBy(all, 'customer', 'nobody')]).toEqual([undefined, undefined]);
  const known = knownBy(all, 'asset', 'washer');
  if (!known) throw new Error('not known');
  expect(withKnown(all, BLANK, known, now)).toMatchObject({ customer: 'wang', asset: 'washer', phone: '0912-345-678' });
});

test('a draft may be of the same call unless somebody else stands in it', () => {
  const about = (over: Partial<Intake>) => isAbout({ ...BLANK, ...over }, { customer: chang });
  expect([about({ symptom: '不冷' }), about({ name: '張' }), about({ customer: 'chang' })]).toEqual([true, true, true]);
  expect([about({ name: '林志明' }), about({ customer: 'wang', name: '張' })]).toEqual([false, false]);
});
