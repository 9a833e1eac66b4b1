import { expect, test } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Doc } from '../../src/store/index.ts';
import { jobsOf, watchedJobs } from '../../src/ui/phone/views/today.ts';
import { at, books, DAY_MS, doc, signature } from '../office/made.ts';
import { GROUND, job } from './made.ts';
import { opened, shown } from './opened.ts';

const see = (documents: readonly Doc[], shown: readonly string[] = [], now = at(10)) =>
  jobsOf(books(...GROUND, ...documents), { me: 'lin', now, shown: new Set(shown), unsent: new Map([['b', 2]]) });
const ids = (jobs: ReturnType<typeof see>) => jobs.map(({ id }) => id);

test('what is under way comes first, then carried over jobs, then the others by their time', () => {
  const jobs = see([
    ...job('late', { dispatch: { planned_at: at(16) } }),
    ...job('early', { dispatch: { planned_at: at(11) } }),
    ...job('unplanned', { call: { received_at: at(8) } }),
    ...job('carried', { dispatch: { planned_at: at(17), priority: 'carried_over' } }),
    ...job('travelling', { dispatch: { planned_at: at(18) }, visit: { en_route_at: at(9) } }),
    ...job('working', { dispatch: { planned_at: at(19) }, visit: { en_route_at: at(9), arrived_at: at(9, 30) } }),
  ]);
  expect(ids(jobs)).toEqual(['working', 'travelling', 'carried', 'unplanned', 'early', 'late']);
});

test('only my own jobs are shown, with what is unsent of each', () => {
  const jobs = see([...job('a', { dispatch: { technician: 'chou' } }), ...job('b')]);
  expect(jobs.map(({ id, unsent }) => [id, unsent])).toEqual([['b', 2]]);
});

test('a job that was taken away stays until it was seen, and says who has it now', () => {
  const taken = [
    ...job('a', { dispatch: { cancelled_at: at(9, 45), cancelled_by: 'chou', cancelled_reason: '順路' } }),
    doc('dispatch', 'again', { unit: 'ban', call: 'call-a', technician: 'chou' }),
    ...job('c', { call: { withdrawn_at: at(9, 50), withdrawn_by: 'chou', withdrawn_reason: '不修了' } }),
  ];
  expect(see(taken, ['a', 'c']).map(({ id, gone }) => [id, gone])).toEqual([
    ['a', { why: 'cancelled', to: '周俊宏', by: '周俊宏', at: at(9, 45), reason: '順路', worked: false }],
    ['c', { why: 'withdrawn', to: '', by: '周俊宏', at: at(9, 50), reason: '不修了', worked: false }],
  ]);
});

test('a job that was done while it was taken away says so until it was seen, on whichever day that is', () => {
  const done = { arrived_at: at(8) - 3 * DAY_MS, finished_at: at(9) - 3 * DAY_MS };
  const before = job('a', { visit: done });
  expect(see(before)).toEqual([]);
  const watched = watchedJobs(books(...GROUND, ...before), { me: 'lin', shown: new Set() });
  expect(watched).toEqual(['a']);
  const taken = job('a', { visit: done, dispatch: { cancelled_at: at(8, 30) - 3 * DAY_MS } });
  expect(see(taken, watched).map(({ state, gone }) => [state, gone?.why, gone?.worked])).toEqual([
    ['finished', 'cancelled', true],
  ]);
  const all = books(...GROUND, ...taken);
  expect(watchedJobs(all, { me: 'lin', shown: new Set(watched) })).toEqual(['a']);
  expect(watchedJobs(all, { me: 'lin', shown: new Set() })).toEqual([]);
});

test('a job that is done and closed is watched no longer', () => {
  const closed = job('a', { visit: { arrived_at: at(8), finished_at: at(9) }, call: { closed_at: at(9, 30) } });
  expect(watchedJobs(books(...GROUND, ...closed), { me: 'lin', shown: new Set(['a']) })).toEqual([]);
});

test('a job that somebody else has done is over for whoever is still expected', () => {
  const closed = job('a', { call: { closed_at: at(9, 30) } });
  expect(see(closed, ['a']).map(({ gone }) => gone?.why)).toEqual(['closed']);
});

test('a job that this phone never showed is not missed', () => {
  expect(see(job('a', { dispatch: { cancelled_at: at(9, 45) } }))).toEqual([]);
});

test('what was finished today stands last, what was finished before does not stand there', () => {
  const visit = { en_route_at: at(8), arrived_at: at(8, 30), finished_at: at(9) };
  const jobs = see([
    ...job('done', { visit }),
    ...job('todo'),
    ...job('old', { visit: { ...visit, finished_at: at(9) - DAY_MS } }),
  ]);
  expect(jobs.map(({ id, state }) => [id, state])).toEqual([
    ['todo', 'planned'],
    ['done', 'finished'],
  ]);
});

test('F032 a finished job says that it was changed after its customer had signed', () => {
  const visit = { unit: 'ban', call: 'call-a', asset: 'fridge', finished_at: at(9), fee_total: 100_000 };
  const signed = signature(doc('service_visit', 'a', visit), { fee_total: 165_000 });
  const seen = see([...job('a', { visit }), signed]);
  expect(seen.map(({ signature }) => signature)).toEqual(['amended']);
});

test('a finished job stays finished when the office closes its call', () => {
  const visit = { en_route_at: at(8), arrived_at: at(8, 30), finished_at: at(9) };
  const [only] = see(job('done', { visit, call: { closed_at: at(9, 30) } }), ['done']);
  expect([only?.state, only?.gone]).toEqual(['finished', undefined]);
});

test('a dispatch whose call has not come yet is not shown half', () => {
  expect(see([doc('dispatch', 'a', { unit: 'ban', call: 'call-a', technician: 'lin' })])).toEqual([]);
});

const away = (over: object = {}) =>
  doc('absence', 'away', { unit: 'ban', user: 'lin', from_at: at(9), until_at: at(18), reason: 'annual', ...over });

test('a job that is planned for his leave says so, and so does one that should have been done before or has no time', () => {
  const jobs = see([
    ...job('overdue', { dispatch: { planned_at: at(8) } }),
    ...job('during', { dispatch: { planned_at: at(16) } }),
    ...job('after', { dispatch: { planned_at: at(16) + DAY_MS } }),
    ...job('unplanned'),
    away(),
  ]);
  expect(Object.fromEntries(jobs.map(({ id, away }) => [id, away]))).toEqual({
    overdue: true,
    during: true,
    after: false,
    unplanned: true,
  });
});

test('whoever is on leave reads until when above his jobs, and who stands in for him', async () => {
  opened([...GROUND, ...job('a'), away({ substitute: 'chou' })] as FixtureRow[], 'today');
  await expect.poll(shown).toContain('你請假到 11/23，代理人周俊宏');
});
