import { expect, test } from 'vitest';
import { find } from '../../src/ui/phone/views/find.ts';
import { books, doc } from '../office/made.ts';
import { GROUND, job } from './made.ts';

const all = books(
  ...GROUND,
  ...job('a', { call: { number: 'BAN-2026-000013', contact_phone: '0922-111-222' } }),
  doc('customer', 'wang', { name: '王建國', phone: '02-2950-0112' }),
  doc('asset', 'washer', { customer: 'wang', product: '洗衣機', model_no: 'KW-150DX', serial_no: '150D-207731' }),
);
const found = (typed: string) => find(all, typed).map(({ asset }) => asset);

test.each([
  ['陳', ['fridge']],
  ['王建國', ['washer']],
  ['29500112', ['washer']],
  ['０９１２３４５', ['fridge']],
  ['150d-2', ['washer']],
  ['KR-528', ['fridge']],
  ['000013', ['fridge']],
  ['0922', ['fridge']],
])('%s finds %j', (typed, assets) => {
  expect(found(typed)).toEqual(assets);
});

test('nothing typed, two digits and a stranger find nothing', () => {
  expect(['', '  ', '09', '李'].map(found)).toEqual([[], [], [], []]);
});

test('what was found says whose it is', () => {
  expect(find(all, '洗衣機')).toEqual([]);
  expect(find(all, '王')[0]).toMatchObject({ customer: '王建國', product: '洗衣機 KW-150DX', serial: '150D-207731' });
});
