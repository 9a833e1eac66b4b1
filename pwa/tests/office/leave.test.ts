import { expect, test } from 'vitest';
import { calendarOf } from '../../src/rules/arrival.ts';
import { actsAt, lasts, rolesAt } from '../../src/rules/grants.ts';
import { endWords, periodWords } from '../../src/ui/books/absence_words.ts';
import { absenceAt, absencesOf, actingOf, jobsDuring, managersOf, unattended } from '../../src/ui/books/absences.ts';
import { lanesOf } from '../../src/ui/office/board.ts';
import { frameOf } from '../../src/ui/office/board_hours.ts';
import {
  clashing,
  faultOf,
  formOf,
  listed,
  mayAppoint,
  newAbsence,
  stretchOf,
  writing,
} from '../../src/ui/office/leave.ts';
import { fitOf, suggestionsFor } from '../../src/ui/office/suggestion.ts';
import { techniciansFor } from '../../src/ui/office/technicians.ts';
import { waitingTooLong } from '../../src/ui/office/unattended.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const now = at(10, 40);
const calendar = calendarOf('Asia/Taipei', undefined, []);
const grant = (user: string, role: Kinds['role_grant']['role'], over: Kinds['role_grant'] = {}) =>
  doc('role_grant', `g-${user}-${role}`, { user, unit: 'ban', role: role ?? null, ...over });
const people = [
  doc('unit', 'ban', { name: '板橋服務中心', time_zone: 'Asia/Taipei' }),
  doc('user', 'chen', { name: '陳文彬', unit: 'ban' }),
  doc('user', 'lin', { name: '林志豪', unit: 'ban' }),
  doc('user', 'chou', { name: '周俊宏', unit: 'ban' }),
  grant('chen', 'service_manager'),
  grant('lin', 'technician'),
  grant('chou', 'technician'),
];
const away = (user: string, from_at: number, until_at: number, over: Kinds['absence'] = {}) =>
  doc('absence', `away-${user}`, { unit: 'ban', user, from_at, until_at, reason: 'annual', ...over });
const call = (id: string, over: Kinds['service_call'] = {}) =>
  doc('service_call', id, { unit: 'ban', received_at: at(9), ...over });
const job = (id: string, technician: string, planned_at: number) =>
  doc('dispatch', id, { unit: 'ban', call: id, technician, planned_at, dispatched_at: at(8) });
const acting = (over: Kinds['role_grant'] = {}) =>
  grant('lin', 'service_manager', { starts_at: at(9), until_at: at(18), acting_for: 'chen', ...over });

test('whoever acts does so from the start until the end, and not behind an early end', () => {
  const { fields } = acting();
  expect([at(8), at(9), at(17, 59), at(18)].map((when) => actsAt(fields, when))).toEqual([false, true, true, false]);
  expect(actsAt({ ...fields, ended_at: at(12) }, at(12))).toBe(false);
  expect([lasts(fields), lasts({ role: 'clerk' }), lasts({ role: 'clerk', ended_at: 1 })]).toEqual([
    false,
    true,
    false,
  ]);
});

test('roles for a time end by the clock, also where no network tells of it', () => {
  const me = {
    roles: ['clerk', 'service_manager'],
    acting: [{ role: 'service_manager', starts_at: at(9), until_at: at(18) }],
  } as const;
  expect(rolesAt(me, at(10))).toEqual(['clerk', 'service_manager']);
  expect(rolesAt(me, at(18))).toEqual(['clerk']);
  expect(rolesAt({ ...me, roles: ['clerk'] }, at(9))).toEqual(['clerk', 'service_manager']);
  expect(rolesAt({ roles: ['technician'] }, at(9))).toEqual(['technician']);
});

test('who is manager for good appoints; who only acts does not', () => {
  const stint = [{ role: 'service_manager' }] as const;
  expect(mayAppoint({ roles: ['service_manager'] })).toBe(true);
  expect(mayAppoint({ roles: ['technician', 'service_manager'], acting: stint })).toBe(false);
  expect(mayAppoint({ roles: ['admin', 'service_manager'], acting: stint })).toBe(true);
  expect(mayAppoint({ roles: ['clerk'] })).toBe(false);
});

test('an absence counts from its start until its end; one that was cancelled or has no end does not', () => {
  const every = books(
    ...people,
    away('lin', at(13), at(18)),
    away('chou', at(9), at(18), { cancelled_at: at(8) }),
    doc('absence', 'half', { unit: 'ban', user: 'chen', from_at: at(9) }),
  );
  expect([at(12, 59), at(13), at(18)].map((when) => absenceAt(every, 'lin', when)?.doc.id)).toEqual([
    undefined,
    'away-lin',
    undefined,
  ]);
  expect([absencesOf(every, 'chou'), absencesOf(every, 'chen'), absencesOf(every, null)]).toEqual([[], [], []]);
});

test('jobs that are planned while somebody is away and that nobody has begun are still his', () => {
  const every = books(
    ...people,
    away('lin', at(13), at(18)),
    ...['late', 'early', 'begun', 'closed'].map((id) => call(id, id === 'closed' ? { closed_at: at(9) } : {})),
    job('late', 'lin', at(16)),
    job('early', 'lin', at(11)),
    job('begun', 'lin', at(14)),
    job('closed', 'lin', at(15)),
    doc('service_visit', 'begun', { unit: 'ban', call: 'begun', arrived_at: at(13) }),
  );
  const [one] = absencesOf(every, 'lin');
  expect(one && jobsDuring(every, one).map(({ id }) => id)).toEqual(['late']);
});

test('the period is told in days, and with the clock where it is less', () => {
  expect(periodWords(calendar, at(9), at(18), now)).toBe('11/23');
  expect(periodWords(calendar, at(8), at(18) + DAY_MS, now)).toBe('11/23–11/24');
  expect(periodWords(calendar, at(13), at(15), now)).toBe('11/23 13:00–15:00');
  expect(periodWords(calendar, at(13), at(12) + DAY_MS, now)).toBe('11/23 13:00–11/24 12:00');
  expect(endWords(calendar, at(24), now)).toBe('11/23');
  const saturday = at(12) + 5 * DAY_MS;
  expect(periodWords(calendar, at(17) + 4 * DAY_MS, saturday, now)).toBe('11/27 17:00–11/28 12:00');
});

test('a new absence is the next whole working day; its form says what is missing', () => {
  const form = newAbsence(calendar, now);
  expect(form).toMatchObject({ from: '2026-11-24T09:00', until: '2026-11-24T18:00' });
  expect(faultOf(form)).toBe('no_person');
  const full = { ...form, user: 'lin' };
  expect(faultOf(full)).toBeUndefined();
  expect([faultOf({ ...full, from: '' }), faultOf({ ...full, until: '' })]).toEqual(['no_from', 'no_until']);
  expect(faultOf({ ...full, until: full.from })).toBe('reversed');
  expect(stretchOf(full)).toEqual({ user: 'lin', from: at(9) + DAY_MS, until: at(18) + DAY_MS });
});

test('an absence is written whole once, and later only what is different', () => {
  const every = books(...people, away('lin', at(13), at(18), { substitute: 'chou' }));
  const [before] = absencesOf(every, 'lin');
  if (!before) throw new Error('there is one');
  const form = formOf(before);
  const about = { id: 'x', unit: 'ban', by: 'clerk' };
  const made = { user: 'lin', from_at: at(13), until_at: at(18), reason: 'annual', substitute: 'chou', note: null };
  expect(writing(form, { ...about, before: undefined }).fields).toEqual({ unit: 'ban', recorded_by: 'clerk', ...made });
  expect(writing(form, { ...about, before }).fields).toEqual({});
  const changed = { ...form, until: '2026-11-23T17:00', substitute: '' };
  expect(writing(changed, { ...about, before }).fields).toEqual({ until_at: at(17), substitute: null });
  expect(clashing(every, 'lin', stretchOf(form))?.doc.id).toBe('away-lin');
  expect(clashing(every, 'lin', stretchOf(form), 'away-lin')).toBeUndefined();
});

test('the list has what is not over, the first one first, or what is, the last one first', () => {
  const past = doc('absence', 'past', { unit: 'ban', user: 'lin', from_at: at(9) - DAY_MS, until_at: at(18) - DAY_MS });
  const every = books(...people, away('lin', at(13), at(18)), past, away('chou', at(9), at(18)));
  expect(listed(every, 'ban', now, 'coming').map(({ user }) => user)).toEqual(['chou', 'lin']);
  expect(listed(every, 'ban', now, 'past').map(({ doc: one }) => one.id)).toEqual(['past']);
});

test('F015 whoever is away is not suggested, and choosing him is told', () => {
  const every = books(...people, away('lin', at(9), at(18)), away('chou', at(13), at(18)));
  const lanes = lanesOf(every, { unit: 'ban', day: at(0), now });
  const frame = frameOf(calendar, now);
  expect(lanes.map((lane) => lane.away.length)).toEqual([1, 1]);
  expect(suggestionsFor(lanes, frame, call('x'), now).map(({ technician }) => technician)).toEqual(['chou']);
  const fits = lanes.map((lane) => [lane.id, fitOf(lane, frame, at(11)), fitOf(lane, frame, at(14))]);
  expect(fits.toSorted()).toEqual([
    ['chou', 'free', 'away'],
    ['lin', 'away', 'away'],
  ]);
});

test('F015 whoever is away when the job is planned for stands last among those who can be sent', () => {
  const every = books(...people, away('chou', at(13), at(18)));
  const nothing = { list: [], read: true, error: undefined };
  const names = (when: number) =>
    techniciansFor(every, nothing, call('x'), now, when).map(({ id, away: why }) => [id, why !== undefined]);
  expect(names(at(11))).toEqual([
    ['chou', false],
    ['lin', false],
  ]);
  expect(names(at(14))).toEqual([
    ['lin', false],
    ['chou', true],
  ]);
});

test('whoever acts for the manager is no technician and no manager for good', () => {
  const every = books(...people, acting({ user: 'chen2' }), doc('user', 'chen2', { unit: 'ban' }));
  expect(managersOf(every, 'ban')).toEqual(['chen']);
  expect(actingOf(books(...people, acting()), 'lin', now)?.fields.acting_for).toBe('chen');
});

test('F031 a unit is unattended while every manager is away and nobody acts', () => {
  const gone = away('chen', at(9), at(18) + DAY_MS);
  expect(unattended(books(...people), 'ban', now)).toBeUndefined();
  expect(unattended(books(...people, gone), 'ban', now)?.until).toBe(at(18) + DAY_MS);
  expect(unattended(books(...people, gone, acting()), 'ban', now)).toBeUndefined();
  expect(unattended(books(...people, gone, acting({ ended_at: at(10) })), 'ban', now)?.user).toBe('chen');
  const second = [doc('user', 'wu', { name: '吳', unit: 'ban' }), grant('wu', 'service_manager')];
  expect(unattended(books(...people, gone, ...second), 'ban', now)).toBeUndefined();
  expect(unattended(books(...people, ...second), 'tyn', now)).toBeNull();
});

const undone = (id: string, finished_at: number) =>
  doc('service_visit', id, { unit: 'ban', call: id, asset: 'a', technician: 'lin', finished_at, outcome: 'follow_up' });

test('F015 what waits for the manager for more than a working day is counted', () => {
  const every = books(
    ...people,
    call('old', { received_at: at(9) - 3 * DAY_MS }),
    call('sent', { received_at: at(9) - 3 * DAY_MS }),
    job('sent', 'lin', at(11)),
    call('new', { received_at: at(9, 30) }),
    call('again', { received_at: at(9) - 9 * DAY_MS }),
    job('again', 'lin', at(9) - 4 * DAY_MS),
    undone('again', at(9) - 3 * DAY_MS),
    call('lately', { received_at: at(9) - 9 * DAY_MS }),
    job('lately', 'lin', at(9)),
    undone('lately', at(9, 20)),
  );
  expect(waitingTooLong(every, [], 'ban', now)).toBe(2);
});
