import { expect, test } from 'vitest';
import { arrivalOf, calendarIn, isCarriedOver, workdayIn } from '../../src/ui/books/limits.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const HOURS = '09:00-12:00 13:00-18:00';
const week = doc('business_hours', 'ban', {
  unit: 'ban',
  monday: HOURS,
  tuesday: HOURS,
  wednesday: HOURS,
  thursday: HOURS,
  friday: HOURS,
});
const call = (fields: Kinds['service_call']) => doc('service_call', 'x', { unit: 'ban', ...fields });
const arrived = (when: number, id = 'x') => doc('service_visit', id, { unit: 'ban', call: 'x', arrived_at: when });

function limit(now: number, fields: Kinds['service_call'], ...documents: Parameters<typeof books>) {
  const it = call(fields);
  return arrivalOf(books(week, it, ...documents), it, now);
}

test.each([
  ['an urban call at nine has six working hours', 'urban', at(16)],
  ['a suburban one seven', 'suburban', at(17)],
  ['an address of which nobody knows how far it is counts as urban', null, at(16)],
] as const)('F019 %s', (_, zone, dueAt) => {
  expect(limit(at(9), { received_at: at(9), zone })?.dueAt).toBe(dueAt);
});

test.each([
  ['all of it is left', at(9), 'ontime', 360],
  ['over lunch nothing is lost', at(12, 30), 'ontime', 180],
  ['a quarter is left', at(14, 30), 'amber', 90],
  ['a minute more than a quarter is left', at(14, 29), 'ontime', 91],
  ['at the very instant it is kept', at(16), 'amber', 0],
  ['a second later it is late', at(16) + 1000, 'late', -1],
  ['the night counts for nothing', at(9, 10) + DAY_MS, 'late', -130],
] as const)('F023 %s', (_, now, tone, minutes) => {
  expect(limit(now, { received_at: at(9), zone: 'urban' })?.limit).toEqual({ tone, minutes });
});

test('F019 whoever arrived at the very instant kept the limit, a second later he did not', () => {
  const facts = { received_at: at(9), zone: 'urban' } as const;
  expect(limit(at(18), facts, arrived(at(15, 26)))?.limit).toEqual({ tone: 'stopped', minutes: 34 });
  expect(limit(at(18), facts, arrived(at(16)))?.limit).toEqual({ tone: 'stopped', minutes: 0 });
  expect(limit(at(18), facts, arrived(at(16) + 1000))?.limit).toEqual({ tone: 'late', minutes: -1 });
});

test.each([
  ['a phone that was 40 minutes slow said 15:30', { arrived_at: at(15, 30), arrived_clock_offset_ms: 2_400_000 }, -10],
  ['a phone that was 40 minutes fast said 16:30', { arrived_at: at(16, 30), arrived_clock_offset_ms: -2_400_000 }, 10],
  ['a phone that was some seconds off said 16:00', { arrived_at: at(16), arrived_clock_offset_ms: 59_000 }, 0],
  [
    'somebody corrected what a slow phone said',
    { arrived_at: at(15, 30), arrived_stamped_at: at(15, 40), arrived_clock_offset_ms: 2_400_000 },
    30,
  ],
])('F024 the limit counts by the clock that is right: %s', (_, said, minutes) => {
  const visit = doc('service_visit', 'v', { unit: 'ban', call: 'x', ...said });
  expect(limit(at(18), { received_at: at(9), zone: 'urban' }, visit)?.limit.minutes).toBe(minutes);
});

test('the first of several who came counts', () => {
  const visits = [arrived(at(17), 'second'), arrived(at(15), 'first'), doc('service_visit', 'third', { call: 'x' })];
  expect(limit(at(18), { received_at: at(9), zone: 'urban' }, ...visits)?.limit).toEqual({
    tone: 'stopped',
    minutes: 60,
  });
});

test('a time that was agreed stands for the rule', () => {
  const facts = { received_at: at(9), zone: 'urban', appointment_at: at(10) + DAY_MS } as const;
  expect(limit(at(17), facts)).toMatchObject({ dueAt: at(10) + DAY_MS, limit: { tone: 'ontime', minutes: 120 } });
});

test('what the server has said stands, whatever the calendar says here', () => {
  expect(limit(at(9), { received_at: at(9), zone: 'urban', due_at: at(11) })?.dueAt).toBe(at(11));
});

test('F021 a closure of today moves what the server has not said yet to tomorrow', () => {
  const closed = doc('calendar_day', 'typhoon', { unit: 'ban', date: '2026-11-23', kind: 'closure', hours: '' });
  const elsewhere = doc('calendar_day', 'other', { unit: 'tao', date: '2026-11-24', kind: 'closure', hours: '' });
  expect(limit(at(9), { received_at: at(9), zone: 'urban' }, closed, elsewhere)?.dueAt).toBe(at(16) + DAY_MS);
});

test.each([
  ['on Friday morning', at(9) - 3 * DAY_MS, true],
  ['a minute before closing on Friday', at(17, 59) - 3 * DAY_MS, true],
  ['at closing on Friday', at(18) - 3 * DAY_MS, false],
  ['on Sunday', at(10) - DAY_MS, false],
  ['before opening today', at(7), false],
  ['today', at(9), false],
])('F018 a call of %s that nobody was sent to by Monday at ten is carried over or new', (_, received_at, carried) => {
  const it = call({ received_at });
  expect(isCarriedOver(books(week, it), it, at(10))).toBe(carried);
});

test('nobody knows until when where nobody knows since when', () => {
  expect(limit(at(9), { zone: 'urban' })).toBeUndefined();
});

test('a clock that says anything has no deadline', () => {
  expect(limit(at(9), { received_at: Number.MAX_SAFE_INTEGER, zone: 'urban' })).toBeUndefined();
});

test('a unit for which nobody set hours works from Monday to Friday, with an hour for lunch', () => {
  const none = books();
  expect(workdayIn(none, 'ban')).toBe(480);
  expect(calendarIn(none, 'ban').week.map((day) => day.length)).toEqual([2, 2, 2, 2, 2, 0, 0]);
  expect(calendarIn(none, 'ban')).toBe(calendarIn(none, 'ban'));
});
