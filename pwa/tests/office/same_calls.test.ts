import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { caseOf } from '../../src/ui/office/cases.ts';
import { courseOf } from '../../src/ui/office/course.ts';
import { registerRows } from '../../src/ui/office/register.ts';
import { sameCalls } from '../../src/ui/office/same_calls.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at, books, doc, WHOLE } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const call = (id: string, fields: Kinds['service_call'] = {}, position = 1) =>
  doc('service_call', id, { ...WHOLE, unit, customer: 'c', number: id, received_at: at(9), ...fields }, { position });
const GROUND = [
  doc('customer', 'c', { unit, name: '王素卿' }),
  doc('customer', 'c-2', { unit, name: '王素卿', merged_into: 'c' }),
  doc('customer', 'd', { unit, name: '李大同' }),
  doc('asset', 'a', { unit, customer: 'c', product: '冰箱', model_no: 'KR-1' }),
  doc('asset', 'b', { unit, customer: 'c', product: '洗衣機', model_no: 'KW-1' }),
  doc('user', 'lin', { name: '林佳蓉' }),
];
const gone = { withdrawn_at: at(10), withdrawn_by: 'lin', withdrawn_reason: '打了兩次' };

test('the open calls of the same product come first, then those of the same customer, merged ones too', () => {
  const all = books(
    ...GROUND,
    call('BAN-1'),
    call('BAN-2', { received_at: at(8) }),
    call('BAN-3', { received_at: at(10) }),
    call('BAN-4', { asset: 'b' }),
    call('BAN-5', { asset: null, customer: 'c-2' }),
    call('closed', { closed_at: at(10) }),
    call('withdrawn', gone),
    call('double', { ...gone, duplicate_of: 'BAN-2' }),
    call('elsewhere', { unit: 'tao' }),
    call('others', { customer: 'd' }),
    call('unsaved', {}, 0),
  );
  const { ofProduct, ofCustomer } = sameCalls(all, all.service_call.get('BAN-1') as never);
  expect(ofProduct.map(({ id }) => id)).toEqual(['BAN-3', 'BAN-2']);
  expect(ofCustomer.map(({ id }) => id)).toEqual(['BAN-4', 'BAN-5']);
  expect(sameCalls(all, call('nobody', { customer: null }))).toEqual({ ofProduct: [], ofCustomer: [] });
});

test('the course and the register tell since when a call is a duplicate, and who found out', () => {
  const all = books(...GROUND, call('BAN-1'), call('BAN-2', { ...gone, duplicate_of: 'BAN-1', logged_at: at(8) }));
  const one = caseOf(all, all.service_call.get('BAN-2') as never);
  expect(courseOf(all, one).at(-1)).toMatchObject({
    at: at(10),
    what: 'duplicate',
    who: '林佳蓉',
    reason: '打了兩次',
  });
  const row = registerRows(all, now).find(({ id }) => id === 'BAN-2');
  expect([row?.section, row?.state, row?.at]).toEqual(['over', 'duplicate', at(10)]);
});

let office: Opened;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office?.close();
  vi.useRealTimers();
});
const open = async (id: string, roles: readonly Role[], ...rows: FixtureRow[]) => {
  office = await opened(`#/call/${id}`, roles, [...GROUND, ...rows], {});
};
const hrefs = () => [...document.querySelectorAll('.call a')].map((link) => link.getAttribute('href'));

test('the clerk says of which call one is the duplicate, without having to say why', async () => {
  await open('BAN-1', ['clerk'], call('BAN-1'), call('BAN-2'), call('BAN-4', { asset: 'b', symptom: '不脫水' }));
  await shown('重複叫修…');
  const ask = vi.spyOn(office.client, 'ask');
  button('重複叫修…').click();
  await settled();
  expect(said()).toMatch(/同一台商品 ?BAN-2.*同一位客戶的其他叫修 ?BAN-4.*不脫水/);
  button('標為重複').click();
  await settled();
  expect(said()).toContain('還沒選是哪一件，什麼都沒有改。');
  expect(ask).not.toHaveBeenCalled();
  document.querySelectorAll<HTMLInputElement>('dialog input[type=radio]')[1]?.click();
  await settled();
  button('標為重複').click();
  await settled();
  expect(ask.mock.calls).toEqual([['POST', '/api/calls/BAN-1/duplicate', { of: 'BAN-4', reason: '' }]]);
});

test('where there is only one other call it is that one, and where there is none it says so', async () => {
  await open('BAN-1', ['service_manager'], call('BAN-1'), call('BAN-2'));
  await shown('重複叫修…');
  button('重複叫修…').click();
  await settled();
  expect(document.querySelector<HTMLInputElement>('dialog input[type=radio]')?.checked).toBe(true);
  await office.close();
  await open('BAN-1', ['clerk'], call('BAN-1'));
  await shown('重複叫修…');
  button('重複叫修…').click();
  await settled();
  expect(said()).toContain('這位客戶沒有別件未結案的叫修。');
  expect(button('標為重複')).toBeUndefined();
});

test('each of two calls that are one leads to the other, and the duplicate is put back', async () => {
  const rows = [call('BAN-1'), call('BAN-2', { ...gone, duplicate_of: 'BAN-1' })];
  await open('BAN-2', ['clerk'], ...rows);
  await shown('和 BAN-1 是同一件');
  expect(hrefs()).toContain('#/call/BAN-1');
  expect(button('恢復叫修')).toBeDefined();
  expect(button('重複叫修…')).toBeUndefined();
  await office.close();
  await open('BAN-1', ['clerk'], ...rows);
  await shown('BAN-2 和這件是同一件');
  expect(hrefs()).toContain('#/call/BAN-2');
});

test('whoever may not withdraw a call is not asked whether it is a duplicate', async () => {
  await open('BAN-1', ['branch_manager'], call('BAN-1'), call('BAN-2'));
  await shown('王素卿');
  expect(button('重複叫修…')).toBeUndefined();
});
