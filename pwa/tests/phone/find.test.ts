import { expect, test } from 'vitest';
import { openIndex } from '../../src/ui/books/finder.ts';
import { find } from '../../src/ui/books/finding.ts';
import { hitGroups } from '../../src/ui/books/hits.ts';
import { customerOf } from '../../src/ui/phone/views/customer.ts';
import { wayOf } from '../../src/ui/phone/views/find.ts';
import { at, books, doc } from '../office/made.ts';
import { GROUND, job, ME } from './made.ts';

const all = books(
  ...GROUND,
  ...job('a', { call: { number: 'BAN-2026-000013', contact_phone: '0922-111-222' } }),
  ...job('b', { call: { number: 'BAN-2026-000014', customer: 'none', asset: null }, dispatch: { technician: 'chou' } }),
  doc('customer', 'wang', { name: '王建國', phone: '02-2950-0112' }),
  doc('asset', 'washer', { customer: 'wang', product: '洗衣機', model_no: 'KW-150DX', serial_no: '150D-207731' }),
  doc('customer', 'alone', { name: '何小姐' }),
  ...job('c', {
    call: { number: 'BAN-2026-000015', customer: 'alone', asset: null, contact_phone: '0955-010-203', symptom: '漏水' },
    dispatch: { technician: 'chou' },
  }),
);
const index = await openIndex(all);
const hits = (typed: string) => hitGroups(index, find(index, typed, 30)).flatMap((group) => group.hits);
const found = (typed: string) => [...new Set(hits(typed).map(({ asset }) => asset))];
const ways = (typed: string) =>
  hits(typed).map((hit) => {
    const way = wayOf(all, ME.user, hit);
    return way && `${way.to} ${way.id}`;
  });

test.each([
  ['陳', ['fridge']],
  ['王建國', ['washer']],
  ['王建国', ['washer']],
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

test("a customer and a product lead to the product, a call to this technician's job", () => {
  expect(ways('陳美')).toEqual(['product fridge', 'product fridge', 'job a']);
});

test('a customer without a product leads to his own page, and so does a call of his that is nobody’s job here', () => {
  expect(ways('何小姐')).toEqual(['customer alone', 'customer alone']);
});

test('a call whose customer is not on this phone leads nowhere', () => {
  expect(ways('000014')).toEqual([undefined]);
});

test('the page of a customer tells how to reach him, what he has and his calls, those of the phone’s owner as jobs', () => {
  expect(customerOf(all, 'alone', ME.user)).toEqual({
    owner: { name: '何小姐', address: '', phones: ['0955-010-203'], note: '' },
    products: [],
    calls: [
      {
        id: 'call-c',
        number: 'BAN-2026-000015',
        at: at(9),
        state: 'dispatched',
        product: '',
        symptom: '漏水',
        job: undefined,
      },
    ],
  });
  const chen = customerOf(all, 'chen', ME.user);
  expect(chen?.products.map(({ id }) => id)).toEqual(['fridge']);
  expect(chen?.calls.map(({ id, job }) => [id, job])).toEqual([['call-a', 'a']]);
  expect(chen?.owner.phones).toEqual(['0912-345-678']);
  expect(customerOf(all, 'nobody', ME.user)).toBeUndefined();
});
