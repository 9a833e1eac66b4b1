import { expect, test } from 'vitest';
import type { Doc } from '../../src/store/index.ts';
import {
  dayRows,
  filterCounts,
  isLagging,
  lagOf,
  registerRows,
  rowsOf,
  sectionsOf,
  unsettledCalls,
} from '../../src/ui/office/register.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc, signature, write } from './made.ts';

const call = (id: string, fields: Kinds['service_call'] = {}) =>
  doc('service_call', id, {
    unit: 'ban',
    customer: 'c-1',
    asset: 'a-1',
    received_at: at(9),
    logged_at: at(9),
    ...fields,
  });
const sent = (id: string, over: Kinds['dispatch'] = {}) =>
  doc('dispatch', id, {
    unit: 'ban',
    call: id,
    technician: 't-1',
    dispatched_at: at(9, 30),
    planned_at: at(11),
    ...over,
  });
const visit = (id: string, fields: Kinds['service_visit']) =>
  doc('service_visit', id, { unit: 'ban', call: id, ...fields });

const people = [
  doc('user', 't-1', { name: '林志豪' }),
  doc('customer', 'c-1', { name: '陳美惠', district: '板橋區' }),
  doc('asset', 'a-1', { customer: 'c-1', product: '變頻冰箱', model_no: 'KR-528WN' }),
];
const now = at(14);
const sections = (...documents: Parameters<typeof books>) =>
  registerRows(books(...people, ...documents), now).map(({ id, section }) => [id, section]);

test('a call that nobody was sent to on its day goes before the ones of today', () => {
  expect(sections(call('today'), call('friday', { received_at: at(9) - 3 * DAY_MS }))).toEqual([
    ['friday', 'carried_over'],
    ['today', 'received'],
  ]);
});

test("F007 a row shows its visit's category once there is one, and what an amendment made of it", () => {
  const categoryOf = (...documents: Parameters<typeof books>) =>
    registerRows(books(...people, call('x', { category: 'warranty' }), ...documents), now)[0]?.category;
  expect(categoryOf()).toBe('warranty');
  expect(categoryOf(visit('x', { category: 'paid' }))).toBe('paid');
  expect(categoryOf(visit('x', { category: null }))).toBe('warranty');
});

test('F011 how long a call lay about before it was logged is told in whole minutes', () => {
  const lags = [
    [at(9), at(9, 15)],
    [at(9), at(9, 16)],
    [at(9, 16), at(9)],
    [at(9), null],
  ] as const;
  expect(lags.map(([received_at, logged_at]) => lagOf({ received_at, logged_at }))).toEqual([15, 16, 0, 0]);
});

test("F011 a call was logged late by its unit's limit, a quarter of an hour where nobody has set one", () => {
  const logged = (unit: string, minute: number) => ({ unit, received_at: at(9), logged_at: at(9, minute) });
  const shelf = books(doc('unit_settings', 'ban', { unit: 'ban', lag_minutes: 30 }));
  expect([15, 16].map((minute) => isLagging(shelf, logged('tyn', minute)))).toEqual([false, true]);
  expect(isLagging(shelf, { ...logged('tyn', 15), logged_at: at(9, 15) + 1 })).toBe(true);
  expect([30, 31].map((minute) => isLagging(shelf, logged('ban', minute)))).toEqual([false, true]);
  const rows = registerRows(books(...people, call('x', { logged_at: at(9, 16) })), now);
  expect(rows.map(({ lagging }) => lagging)).toEqual([true]);
});

test('whatever the phone sends moves the call through the register', () => {
  const documents = [call('x'), sent('x')];
  expect(sections(...documents)).toEqual([['x', 'dispatched']]);
  expect(sections(...documents, visit('x', { en_route_at: at(10) }))).toEqual([['x', 'en_route']]);
  expect(sections(...documents, visit('x', { arrived_at: at(11) }))).toEqual([['x', 'arrived']]);
  expect(sections(...documents, visit('x', { finished_at: at(12), outcome: 'fixed' }))).toEqual([
    ['x', 'completed_on_site'],
  ]);
  expect(sections(...documents, visit('x', { finished_at: at(12), outcome: 'follow_up' }))).toEqual([
    ['x', 'send_again'],
  ]);
});

test('what is over stays for its day, the newest first, and is gone tomorrow', () => {
  const over = [
    call('early', { closed_at: at(10) }),
    call('late', { withdrawn_at: at(13) }),
    call('before', { closed_at: at(17) - DAY_MS }),
  ];
  expect(sections(...over)).toEqual([
    ['late', 'over'],
    ['early', 'over'],
  ]);
});

test('the oldest waits first, and of those under way the one expected first', () => {
  const ids = sections(
    call('b', { received_at: at(10) }),
    call('a', { received_at: at(11) }),
    call('d'),
    sent('d', { planned_at: at(16) }),
    call('e'),
    sent('e', { planned_at: at(15) }),
  ).map(([id]) => id);
  expect(ids).toEqual(['b', 'a', 'e', 'd']);
});

test('F018 what was carried over is above everything else that waits', () => {
  const ids = sections(
    call('new', { received_at: at(9) }),
    call('undone'),
    sent('undone'),
    visit('undone', { finished_at: at(9), outcome: 'follow_up' }),
    call('friday', { received_at: at(9) - 3 * DAY_MS }),
  );
  expect(ids).toEqual([
    ['friday', 'carried_over'],
    ['undone', 'send_again'],
    ['new', 'received'],
  ]);
});

test('F018 of calls that nobody was sent to the one with the least time left is first, whenever it came in', () => {
  const ids = sections(
    call('suburban', { received_at: at(9), zone: 'suburban' }),
    call('later', { received_at: at(9, 30), zone: 'urban' }),
    call('judged', { received_at: at(8), due_at: at(20) }),
  ).map(([id]) => id);
  expect(ids).toEqual(['later', 'suburban', 'judged']);
});

test('F018 of those with the same time left whoever called first is first', () => {
  const ids = sections(
    call('a', { received_at: at(6, 30), due_at: at(15) }),
    call('b', { received_at: at(6), due_at: at(15) }),
    call('c', { received_at: at(6, 10), due_at: at(15) }),
  ).map(([id]) => id);
  expect(ids).toEqual(['b', 'c', 'a']);
});

test('a row tells whose product it is, who was sent and whether something waits for a decision', () => {
  const rivals = { fault: [write('異音', 't-1', 'field', at(12)), write('漏水', 'clerk', 'office', at(12))] };
  const entry = doc('service_visit', 'x', { unit: 'ban', call: 'x', arrived_at: at(11) }, { rivals });
  const [row] = registerRows(books(...people, call('x', { number: 'BAN-2026-000001' }), sent('x'), entry), now);
  expect(row).toMatchObject({
    number: 'BAN-2026-000001',
    customer: '陳美惠',
    product: '變頻冰箱 KR-528WN',
    technician: '林志豪',
    at: at(11),
    undecided: true,
  });
});

test('F032 a row says that one of its entries was changed after signing, or waits for a decision', () => {
  const breach = (entry: Doc<'service_visit'>) =>
    registerRows(books(...people, call('x'), sent('x'), entry, signature(entry, { fault: '異音' })), now)[0]?.breach;
  const rivals = { fault: [write('異音', 't-1', 'field', at(12)), write('漏水', 'clerk', 'office', at(12))] };
  expect(breach(visit('x', { fault: '異音' }))).toBeUndefined();
  expect(breach(visit('x', { fault: '漏水' }))).toBe('broken');
  expect(breach({ ...visit('x', { fault: '異音' }), rivals })).toBe('rival');
});

test('rivals that ask nobody wait for no decision', () => {
  const rivals = { en_route_at: [write(at(11), 't-1', 'field', at(11)), write(at(12), 't-1', 'field', at(12))] };
  const entry = doc('service_visit', 'x', { call: 'x', en_route_at: at(11) }, { rivals });
  expect(registerRows(books(...people, call('x'), sent('x'), entry), now)[0]?.undecided).toBe(false);
});

test('a caller who is no customer yet is shown by the name that he gave', () => {
  const [row] = registerRows(books(call('x', { customer: null, contact_name: '鄧文豪' })), now);
  expect(row?.customer).toBe('鄧文豪');
});

test('the chips count what they let through', () => {
  const rows = registerRows(
    books(...people, call('a'), call('b'), call('c'), sent('c'), call('d', { closed_at: at(9) })),
    now,
  );
  expect(filterCounts(rows)).toEqual({ waiting: 2, under_way: 1, to_close: 0, over: 1, billing: 0, all: 4 });
  expect([...sectionsOf(rows, 'waiting').keys()]).toEqual(['received']);
  expect([...sectionsOf(rows, 'all').keys()]).toEqual(['received', 'dispatched', 'over']);
});

test("F024 a call stands where its visit really was, whatever the technician's phone believed", () => {
  const ahead = { en_route_at: at(11), arrived_at: at(12), arrived_clock_offset_ms: -40 * 60_000 };
  const atOf = (fields: Kinds['service_visit']) =>
    registerRows(books(...people, call('x'), sent('x'), visit('x', { ...ahead, ...fields })), now).map((row) => row.at);
  expect(atOf({})).toEqual([at(11, 20)]);
  expect(atOf({ outcome: 'fixed', finished_at: at(13) })).toEqual([at(12, 20)]);
});

test('F033 a paid call that was closed stays in sight as not settled, whenever that was', () => {
  const done = (id: string, fields: Kinds['service_visit'] = {}) =>
    visit(id, { finished_at: at(9), outcome: 'fixed', category: 'paid', fee_total: 120_000, ...fields });
  const shelf = books(
    ...people,
    call('open'),
    done('open'),
    call('long-ago', { closed_at: at(17) - 40 * DAY_MS }),
    done('long-ago'),
    call('today', { closed_at: at(10) }),
    done('today'),
    call('free', { closed_at: at(11) }),
    done('free', { category: 'warranty', fee_total: 0 }),
  );
  const rows = registerRows(shelf, now);
  expect(rows.map(({ id, billingOpen }) => [id, billingOpen])).toEqual([
    ['open', false],
    ['free', false],
    ['today', true],
  ]);
  expect(filterCounts(rows)).toMatchObject({ over: 2, billing: 1 });
  const unsettled = rowsOf(shelf, unsettledCalls(shelf), now);
  expect([...sectionsOf(unsettled, 'billing')].map(([section, all]) => [section, all.map(({ id }) => id)])).toEqual([
    ['over', ['today', 'long-ago']],
  ]);
});

test('an earlier day lists what came in or was over on it, as it stands now', () => {
  const friday = at(9) - 3 * DAY_MS;
  const shelf = books(
    ...people,
    call('today'),
    call('friday', { received_at: friday, closed_at: at(10) }),
    call('waits', { received_at: friday, logged_at: friday }),
    call('closed-friday', { received_at: friday - 7 * DAY_MS, closed_at: friday }),
    call('before', { received_at: friday - DAY_MS, closed_at: friday - DAY_MS }),
  );
  const rows = dayRows(shelf, at(12) - 3 * DAY_MS, now);
  expect(rows.map(({ id, section }) => [id, section])).toEqual([
    ['waits', 'carried_over'],
    ['friday', 'over'],
    ['closed-friday', 'over'],
  ]);
  expect(filterCounts(rows)).toMatchObject({ waiting: 1, over: 2, all: 3 });
});
