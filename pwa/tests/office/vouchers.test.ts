import { expect, test } from 'vitest';
import { confirmedHash } from '../../src/rules/unsigned.ts';
import { changesOf, differencesOf } from '../../src/ui/books/differences.ts';
import { entryOf } from '../../src/ui/books/entries.ts';
import { caseOf, obstacleOf } from '../../src/ui/office/cases.ts';
import { courseOf } from '../../src/ui/office/course.ts';
import { cardOf, trailOf, voucherRows } from '../../src/ui/office/vouchers.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc, signature, write } from './made.ts';

const asset = doc('asset', 'a', { customer: 'c', product: '除濕機', model_no: 'KD-160H', serial_no: '160H22-20958' });
const customer = doc('customer', 'c', { name: '張雅文', phone: '02-8992-5530' });
const people = [doc('user', 'chou', { name: '周俊宏' }), doc('user', 'lin', { name: '林佳蓉' })];
const voucher = (fields: Kinds['service_voucher'] = {}) =>
  doc('service_voucher', 'a', { number: 'V-BAN-000001', ...fields });
const call = (id: string, fields: Kinds['service_call'] = {}) =>
  doc('service_call', id, { asset: 'a', customer: 'c', logged_at: at(9), logged_by: 'lin', ...fields });
const visit = (id: string, fields: Kinds['service_visit']) =>
  doc('service_visit', id, { asset: 'a', call: 'x', technician: 'chou', ...fields });

test('a card holds every visit, the newest first, with what was paid altogether', () => {
  const all = books(
    asset,
    customer,
    voucher(),
    visit('old', { arrived_at: at(10) - 90 * DAY_MS, fee_total: 80_000 }),
    visit('new', { arrived_at: at(10), fee_total: 165_000 }),
    visit('coming', {}),
  );
  const card = cardOf(all, 'a');
  expect(card?.entries.map(({ id }) => id)).toEqual(['coming', 'new', 'old']);
  expect([card?.fees, card?.customer?.fields.name]).toEqual([245_000, '張雅文']);
  expect(cardOf(all, 'nobody')).toBeUndefined();
});

test.each([
  [{ filed_at: at(8) }, [], 'in_file', ['now', 'later', 'later', 'later']],
  [{ filed_at: at(8) }, [call('x')], 'awaiting_dispatch', ['before', 'now', 'later', 'later']],
  [
    { filed_at: at(8), checked_out_at: at(10), checked_out_to: 'chou' },
    [call('x')],
    'checked_out',
    ['before', 'before', 'now', 'later'],
  ],
] as const)('the voucher %o with %j stands at %s', (fields, calls, state, reached) => {
  const all = books(asset, ...people, voucher(fields), ...calls);
  const card = cardOf(all, 'a');
  expect(card?.state).toBe(state);
  expect(card && trailOf(all, card).map((stop) => stop.reached)).toEqual(reached);
});

test('who has the voucher is told in the list, and those that are out stand first', () => {
  const out = { checked_out_at: at(10), checked_out_to: 'chou' };
  const other = doc('service_voucher', 'b', { number: 'V-BAN-000000' });
  const rows = voucherRows(books(asset, customer, ...people, other, voucher(out), visit('v', { arrived_at: at(9) })));
  expect(rows.map(({ number, state, holder }) => [number, state, holder])).toEqual([
    ['V-BAN-000001', 'checked_out', '周俊宏'],
    ['V-BAN-000000', 'in_file', ''],
  ]);
  expect(rows[0]).toMatchObject({ customer: '張雅文', serial: '160H22-20958', visits: 1, lastVisitAt: at(9) });
});

test('what was signed stands beside what stands now, and what differs is marked', () => {
  const now = visit('v', { fee_total: 185_000, action: '換電容', finished_at: at(12) });
  const entry = entryOf(books(now, signature(now, { fee_total: 165_000 })), now);
  expect(entry.state).toBe('amended');
  expect(differencesOf(entry).filter(({ differs }) => differs)).toEqual([
    { field: 'fee_total', signed: 165_000, now: 185_000, others: [], differs: true },
  ]);
  const unsigned = visit('w', {});
  expect(differencesOf(entryOf(books(unsigned), unsigned))).toEqual([]);
});

test('what somebody wrote who had not seen the signature stands beside what was signed, which is still shown', () => {
  const rivals = { fault: [write('異音', 'chou', 'field', at(12)), write('漏水', 'lin', 'office', at(11))] };
  const now = doc('service_visit', 'v', { fault: '異音', finished_at: at(12) }, { rivals });
  const entry = entryOf(books(now, signature(now)), now);
  expect(entry.state).toBe('rival');
  expect(changesOf(entry)).toEqual([{ field: 'fault', signed: '異音', now: '異音', others: ['漏水'], differs: false }]);
});

test('F032 a voucher in the list says that one of its entries was changed after signing', () => {
  const breach = (fee_total: number) => {
    const entry = visit('v', { fee_total });
    return voucherRows(books(voucher(), entry, signature(entry, { fee_total: 165_000 })))[0]?.breach;
  };
  expect([breach(165_000), breach(100_000)]).toEqual([undefined, 'broken']);
});

test('of several signatures the newest counts, and one that cannot be read stands for nothing', () => {
  const now = visit('v', { fault: '異音' });
  const again = [signature(now, { fault: '漏水' }, 2), signature(now, {}, 5)];
  expect(entryOf(books(now, ...again), now).state).toBe('equal');
  const other = visit('v', { fault: '異音' });
  const broken = doc('signature', 's', { visit: 'v', content: '{' });
  expect(entryOf(books(other, broken), other).state).toBe('amended');
});

test('an entry that was moved to another product says so where it stands now', () => {
  const moved = visit('v', { asset: 'b', fault: '異音' });
  const entry = entryOf(books(moved, signature(moved, { asset: 'a' })), moved);
  expect(entry.state).toBe('amended');
  expect(differencesOf(entry).filter(({ differs }) => differs)).toEqual([
    { field: 'asset', signed: 'a', now: 'b', others: [], differs: true },
  ]);
});

test('what somebody of another unit writes about a visit is no part of it', () => {
  const own = visit('v', { unit: 'ban', fault: '異音' });
  const foreign = signature({ ...own, fields: { ...own.fields, unit: 'tyn' } });
  expect(entryOf(books(own, foreign), own).state).toBe('unsigned');
});

const dispatch = doc('dispatch', 'v', { call: 'x', technician: 'chou', dispatched_at: at(9, 30), planned_at: at(11) });

test('a call can be closed when its work is done and signed, and otherwise says why not', () => {
  const done: Kinds['service_visit'] = { finished_at: at(12), outcome: 'fixed', category: 'paid' };
  const obstacle = (...documents: Parameters<typeof books>) => {
    const all = books(dispatch, ...documents);
    return obstacleOf(all, caseOf(all, call('x')));
  };
  expect(obstacle()).toBe('visit.not_finished');
  expect(obstacle(visit('v', done))).toBe('visit.unsigned');
  expect(obstacle(visit('v', { ...done, unsigned_reason: 'absent' }))).toBe('visit.unconfirmed');
  const absent = visit('v', { ...done, unsigned_reason: 'absent' }).fields;
  const confirmed = { ...absent, confirmed_at: at(13), confirmed_sha256: confirmedHash(absent) };
  expect(obstacle(visit('v', confirmed))).toBeNull();
  expect(obstacle(visit('v', { ...confirmed, outcome: 'no_fault' }))).toBe('visit.unconfirmed');
  const entry = visit('v', done);
  expect(obstacle(entry, signature(entry))).toBeNull();
  expect(obstacle(entry, signature(entry, { outcome: 'no_fault' }))).toBe('visit.changed_after_signing');
});

test('the course of a call tells who did what, oldest first', () => {
  const all = books(...people, dispatch, visit('v', { arrived_at: at(11), finished_at: at(12), outcome: 'fixed' }));
  const steps = courseOf(all, caseOf(all, call('x', { closed_at: at(13), closed_by: 'lin' })));
  expect(steps.map(({ what, who }) => [what, who])).toEqual([
    ['logged', '林佳蓉'],
    ['dispatched', ''],
    ['arrived', '周俊宏'],
    ['finished', '周俊宏'],
    ['closed', '林佳蓉'],
  ]);
  expect(steps[1]?.to).toEqual({ name: '周俊宏', plannedAt: at(11) });
});
