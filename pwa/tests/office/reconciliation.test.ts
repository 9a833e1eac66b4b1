import { expect, test } from 'vitest';
import { signedDays, stillHolds, unsettledOf } from '../../src/ui/office/reconciliation.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const call = (id: string, fields: Kinds['service_call'] = {}) =>
  doc('service_call', id, { unit: 'ban', received_at: at(9), ...fields });
const sent = (id: string) =>
  doc('dispatch', id, { unit: 'ban', call: id, technician: 'lin', dispatched_at: at(9), planned_at: at(10) });
const done = (id: string) => doc('service_visit', id, { unit: 'ban', call: id, finished_at: at(11), outcome: 'fixed' });

test('F017 a call without a dispatch, a voucher out without a result, a result without a closed call: each on its list', () => {
  const all = books(
    call('waiting'),
    call('older', { received_at: at(8) }),
    call('out'),
    sent('out'),
    call('done'),
    sent('done'),
    done('done'),
    call('closed', { closed_at: at(12) }),
    call('withdrawn', { withdrawn_at: at(12) }),
    call('elsewhere', { unit: 'tao' }),
  );
  const lists = unsettledOf(all, 'ban');
  expect(Object.entries(lists).map(([list, cases]) => [list, cases.map(({ id }) => id)])).toEqual([
    ['undispatched', ['older', 'waiting']],
    ['out', ['out']],
    ['unclosed', ['done']],
  ]);
});

test('F017 a voucher that went out and that no call accounts for stands with those that are out', () => {
  const voucher = (id: string, fields: Kinds['service_voucher'] = {}) =>
    doc('service_voucher', id, {
      unit: 'ban',
      number: `V-${id}`,
      checked_out_at: at(8),
      checked_out_to: 'lin',
      ...fields,
    });
  const all = books(
    doc('customer', 'wang', { unit: 'ban', name: '王素卿' }),
    doc('asset', 'a', { unit: 'ban', customer: 'wang', product: '冰箱', model_no: 'KR-1' }),
    doc('asset', 'b', { unit: 'ban', customer: 'wang', product: '洗衣機' }),
    doc('asset', 'twin', { unit: 'ban', customer: 'wang', product: '洗衣機', merged_into: 'b' }),
    voucher('a', { checked_out_at: at(9) }),
    voucher('b'),
    voucher('c'),
    voucher('d'),
    voucher('filed', { filed_at: at(9) }),
    voucher('elsewhere', { unit: 'tao' }),
    call('waits', { asset: 'a' }),
    call('out', { asset: 'twin' }),
    sent('out'),
    call('done', { asset: 'c' }),
    sent('done'),
    done('done'),
    call('over', { asset: 'd', closed_at: at(10) }),
  );
  const { out } = unsettledOf(all, 'ban');
  expect(out.map(({ id, astray }) => [id, astray])).toEqual([
    ['out', false],
    ['d', true],
    ['a', true],
  ]);
  expect(out.at(-1)).toMatchObject({
    href: '#/voucher/a',
    number: 'V-a',
    customer: '王素卿',
    product: '冰箱 KR-1',
    since: at(9),
    technicians: ['lin'],
  });
});

const signed = (date: string, fields: Kinds['reconciliation'] = {}) =>
  doc('reconciliation', date, { unit: 'ban', date, undispatched: 1, out: 0, unclosed: 0, ...fields });

test('F017 what was signed holds as long as the counts do', () => {
  const lists = unsettledOf(books(call('waiting')), 'ban');
  expect(stillHolds(signed('2026-11-23'), lists)).toBe(true);
  expect(stillHolds(signed('2026-11-23', { out: 1 }), lists)).toBe(false);
});

test('F017 every working day of two weeks is told, signed or not; a day off only if somebody signed it', () => {
  const holiday = doc('calendar_day', 'off', { unit: 'ban', date: '2026-11-19', kind: 'holiday', hours: '' });
  const old = call('old', { received_at: at(9) - 60 * DAY_MS });
  const days = signedDays(books(old, holiday, signed('2026-11-20'), signed('2026-11-22')), 'ban', at(18));
  expect(days.slice(0, 5).map(({ date, signed }) => [date, signed !== undefined])).toEqual([
    ['2026-11-23', false],
    ['2026-11-22', true],
    ['2026-11-20', true],
    ['2026-11-18', false],
    ['2026-11-17', false],
  ]);
  expect(days).toHaveLength(10);
  expect(signedDays(books(call('first', { received_at: at(9) - 4 * DAY_MS })), 'ban', at(18))).toHaveLength(3);
  expect(signedDays(books(), 'ban', at(1) + DAY_MS)[0]?.date).toBe('2026-11-24');
});
