import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { caseOf } from '../../src/ui/office/cases.ts';
import { productChoiceFor } from '../../src/ui/office/other_product.ts';
import { cardOf } from '../../src/ui/office/vouchers.ts';
import { at, books, DAY_MS, doc } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const call = doc('service_call', 'x', {
  unit,
  customer: 'c',
  asset: 'fridge',
  contact_name: '陳美惠',
  contact_phone: '02-2960-1847',
  address: '文化路',
  symptom: '不冷',
  category: 'paid',
  received_at: at(9),
  logged_at: at(9),
});
const rows = [
  doc('unit', unit, { name: '板橋服務中心' }),
  doc('customer', 'c', { unit, name: '陳美惠' }),
  doc('asset', 'fridge', { unit, customer: 'c', product: '變頻冰箱', serial_no: '528N' }),
  doc('asset', 'washer', { unit, customer: 'c', product: '洗衣機', warranty_until: now + DAY_MS }),
  doc('asset', 'elses', { unit, customer: 'd', product: '除濕機' }),
  doc('service_voucher', 'fridge', { unit, opened_at: at(8) }),
  call,
];
const choice = (...more: ReturnType<typeof doc>[]) => {
  const all = books(...rows, ...more);
  return productChoiceFor(all, caseOf(all, call), now);
};

test('F013 a call that nobody was sent to can be about another product of the same customer', () => {
  expect(choice()?.options).toEqual([
    { id: 'fridge', label: '變頻冰箱 528N' },
    { id: 'washer', label: '洗衣機' },
  ]);
  const opens = { kind: 'service_voucher', id: 'washer', fields: { unit, origin: 'at_call', opened_at: now } };
  expect([choice()?.beside('fridge'), choice()?.beside('washer')]).toEqual([[], [opens]]);
});

test('F014 once somebody was sent, or has been there, a call stays with its product', () => {
  const sent = doc('dispatch', 'd', { unit, call: 'x', technician: 't', dispatched_at: at(10) });
  const calledBack = doc('dispatch', 'd', { ...sent.fields, cancelled_at: at(10, 5) });
  const visit = doc('service_visit', 'd', { unit, call: 'x', en_route_at: at(10) });
  expect([choice(sent), choice(calledBack, visit)]).toEqual([undefined, undefined]);
  expect(choice(calledBack)?.options).toHaveLength(2);
});

test('a customer with one product has nothing to choose, and a merged product is chosen as it stands there', () => {
  const alone = books(...rows.filter(({ id }) => id !== 'washer'));
  expect(productChoiceFor(alone, caseOf(alone, call), now)).toBeUndefined();
  const merged = rows.map((row) =>
    row.id === 'fridge' && row.kind === 'asset' ? { ...row, fields: { ...row.fields, merged_into: 'stays' } } : row,
  );
  const all = books(...(merged as typeof rows), doc('asset', 'stays', { unit, customer: 'c', product: '冰箱' }));
  expect(productChoiceFor(all, caseOf(all, call), now)?.options.map(({ id }) => id)).toEqual(['washer', 'fridge']);
});

let office: Opened | undefined;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office?.close();
  office = undefined;
  vi.useRealTimers();
});

/** Chooses in the list that has such an option; the page asks the browser for the chosen one in a way that this one lacks. */
async function choose(option: string, value: string) {
  const lists = [...document.querySelectorAll<HTMLSelectElement>('dialog select')];
  const list = lists.find(({ textContent }) => textContent?.includes(option));
  if (!list) throw new Error(`no list has ${option}`);
  list.value = value;
  const chosen = list.selectedOptions[0] ?? null;
  vi.spyOn(list, 'querySelector').mockReturnValue(chosen);
  list.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}

async function changed() {
  office = await opened('#/call/x', ['clerk'], rows, {});
  await shown('修改');
  const capture = vi.spyOn(office.store, 'capture');
  button('修改').click();
  await settled();
  await choose('洗衣機', 'washer');
  return capture;
}
async function save() {
  button('存檔').click();
  await settled();
}

test('F004 to pay for another product under its warranty needs a reason', async () => {
  const capture = await changed();
  await choose('契約', 'paid');
  await save();
  expect(said()).toContain('改為有費要寫原因');
  expect(capture).not.toHaveBeenCalled();
});

test('F003 F013 another product proposes its category, and its voucher waits', async () => {
  const capture = await changed();
  await save();
  expect(capture.mock.calls[0]?.[0]).toMatchObject([
    { kind: 'service_call', id: 'x', fields: { asset: 'washer', category: 'warranty' } },
    { kind: 'service_voucher', id: 'washer', fields: { origin: 'at_call' } },
  ]);
  const after = books(
    ...rows.filter(({ kind }) => kind !== 'service_call'),
    doc('service_call', 'x', { ...call.fields, asset: 'washer' }),
  );
  expect([cardOf(after, 'fridge')?.state, cardOf(after, 'washer')?.state]).toEqual(['in_file', 'awaiting_dispatch']);
});
