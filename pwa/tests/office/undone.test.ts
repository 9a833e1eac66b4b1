import { expect, test } from 'vitest';
import { attemptsOf, attemptsOn, wishOf } from '../../src/ui/books/attempts.ts';
import { entryOf, rewritten } from '../../src/ui/books/entries.ts';
import { caseOf, waits } from '../../src/ui/office/cases.ts';
import { courseOf } from '../../src/ui/office/course.ts';
import { proposalOf } from '../../src/ui/office/proposals.ts';
import { registerRows } from '../../src/ui/office/register.ts';
import { subjectOf } from '../../src/ui/office/subject.ts';
import { techniciansFor } from '../../src/ui/office/technicians.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc, signature } from './made.ts';

const call = (id: string, over: Kinds['service_call'] = {}) =>
  doc('service_call', id, { unit: 'ban', customer: 'c', received_at: at(8), ...over });
const sent = doc('dispatch', 'v', {
  unit: 'ban',
  call: 'x',
  technician: 'lin',
  dispatched_at: at(9),
  planned_at: at(9),
});
const undone = doc('service_visit', 'v', {
  unit: 'ban',
  call: 'x',
  technician: 'lin',
  en_route_at: at(9, 30),
  arrived_at: at(10),
  finished_at: at(11),
  outcome: 'follow_up',
  undone_reason: 'no_parts',
  undone_next: 'customers_time',
  undone_wish_at: at(15) + DAY_MS,
});
const attempt = (id: string, over: Kinds['contact_attempt'] = {}) =>
  doc('contact_attempt', id, { unit: 'ban', call: 'x', user: 'lin', channel: 'phone', result: 'no_answer', ...over });
const people = [
  doc('user', 'lin', { name: '林志豪' }),
  doc('customer', 'c', { name: '陳美惠' }),
  doc('role_grant', 'g', { unit: 'ban', user: 'lin', role: 'technician' }),
];
const ground = [...people, call('x'), sent, undone];

test('F030 a call that could not be completed goes before every new one, with reason and wish', () => {
  const [first, second, third] = registerRows(
    books(...ground, call('old', { received_at: at(8) - 3 * DAY_MS }), call('new', { received_at: at(8) })),
    at(14),
  );
  expect(second).toMatchObject({
    id: 'x',
    section: 'send_again',
    technician: '',
    wishAt: at(15) + DAY_MS,
    undone: { reason: 'no_parts', next: 'customers_time', technician: '林志豪' },
  });
  expect([first?.section, third?.section]).toEqual(['carried_over', 'received']);
});

test('F030 whoever was there first can be sent again, and an older proposal is none any more', () => {
  const all = books(...ground);
  const one = caseOf(all, call('x', { proposed_technician: 'lin', proposed_for: at(9, 15) }));
  expect(waits(one)).toBe(true);
  expect(
    techniciansFor(all, { list: [], readAt: undefined } as never, one.call, at(14)).map(({ sent }) => sent),
  ).toEqual([false]);
  expect(proposalOf(all, one)).toBeUndefined();
  const later = caseOf(all, call('x', { proposed_technician: 'lin', proposed_for: at(16) }));
  expect(proposalOf(all, later)).toMatchObject({ technician: 'lin', at: at(16) });
});

test('F030 attempts to reach a customer stand in the course of the call, in their order', () => {
  const all = books(...ground, attempt('t2', { at: at(9, 50), note: '樓下' }), attempt('t1', { at: at(9, 40) }));
  const steps = courseOf(all, caseOf(all, call('x')));
  expect(steps.map(({ what }) => what)).toEqual([
    'dispatched',
    'en_route',
    'contacted',
    'contacted',
    'arrived',
    'finished',
  ]);
  expect(steps.find(({ id }) => id === 't2.contacted')).toMatchObject({ who: '林志豪', reason: '樓下' });
});

test('F024 the course tells times by the clock that counts', () => {
  const slow = doc('service_visit', 'v', { ...undone.fields, arrived_clock_offset_ms: 600_000 });
  const all = books(...people, call('x'), sent, slow);
  const times = Object.fromEntries(courseOf(all, caseOf(all, call('x'))).map(({ what, at }) => [what, at]));
  expect(times).toMatchObject({ en_route: at(9, 40), arrived: at(10, 10), finished: at(11, 10), dispatched: at(9) });
});

test('F030 a wish stands until the office has acted on it', () => {
  const asked = attempt('t', { at: at(12), result: 'asked_later', agreed_for: at(17) });
  expect(wishOf(books(...ground), call('x'))?.at).toBe(at(15) + DAY_MS);
  expect(wishOf(books(...ground, asked), call('x'))).toEqual({ at: at(17), saidAt: at(12) });
  expect(wishOf(books(...ground, asked), call('x', { appointment_at: at(17) }))).toBeUndefined();
  const again = doc('dispatch', 'w', { unit: 'ban', call: 'x', technician: 'lin', dispatched_at: at(13) });
  expect(wishOf(books(...ground, asked, again), call('x'))).toBeUndefined();
});

test('F031 what bears witness of a visit is what was tried on it, and by the office', () => {
  const all = books(
    ...ground,
    attempt('a', { visit: 'v', at: 1 }),
    attempt('b', { visit: 'w' }),
    attempt('o', { at: 2 }),
  );
  expect(attemptsOn(all, undone).map(({ id }) => id)).toEqual(['a', 'o']);
  expect(attemptsOf(books(...ground, attempt('e', { unit: 'tyn' })), call('x'))).toEqual([]);
  expect(subjectOf(all, 'contact_attempt', 'a').call).toBe('x');
});

test('F032 both signatures are kept: the earlier one tells what the later one says otherwise', () => {
  const now = doc('service_visit', 'v', { unit: 'ban', fee_total: 200, fault: '異音' });
  const all = books(now, signature(now, { fee_total: 100 }, 2), signature(now, {}, 5));
  const entry = entryOf(all, now);
  expect(entry.state).toBe('equal');
  expect(rewritten(entry).map(({ one, changes }) => [one.signature.id, changes])).toEqual([
    ['v-signature-2', [{ field: 'fee_total', was: 100, became: 200 }]],
  ]);
});
