import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixtureClient } from '../../src/net/fixture.ts';
import { calendarIn } from '../../src/ui/books/limits.ts';
import {
  type Contacts,
  contactOf,
  isLost,
  isSilent,
  keepContacts,
  lastWords,
  lostWords,
  pendingWords,
  silentPeople,
  workedToday,
} from '../../src/ui/office/contacts.ts';
import { contact as texts } from '../../src/ui/text/contact.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const usual = calendarIn(books(), 'ban');

const phone = (id: string, user: string, over: object = {}) => doc('device', id, { user, place: 'field', ...over });
const told = (device: string, when: number, pending = 0, oldest_pending_at: number | null = null) => ({
  device,
  at: when,
  pending,
  oldest_pending_at,
  app: '0.1.0',
  repairs: null,
  toldAt: at(11),
});
const contacts = (...list: Contacts['list']): Contacts => ({ list, read: true, error: undefined });
const words = texts.get();

test('of a person with two phones the last contact counts, and what waits on both', () => {
  const all = books(phone('one', 'lin'), phone('two', 'lin'), phone('other', 'chou'));
  const known = contacts(told('one', at(9), 2, at(8, 30)), told('two', at(10), 1), told('other', at(10, 59)));
  expect(contactOf(all, known, 'lin')).toMatchObject({ at: at(10), pending: 3, oldest_pending_at: at(8, 30) });
});

test('neither a stopped phone nor a computer in the office is in the field', () => {
  const all = books(
    phone('stopped', 'lin', { revoked_at: at(8) }),
    doc('device', 'desk', { user: 'lin', place: 'office' }),
  );
  expect(contactOf(all, contacts(told('stopped', at(7)), told('desk', at(10))), 'lin')).toBeUndefined();
});

test.each([
  ['half an hour to the minute', at(10), at(10, 30), false],
  ['a minute more', at(10), at(10, 31), true],
  ['since yesterday, at the beginning of the day', at(17) - DAY_MS, at(9, 20), false],
  ['since yesterday, later', at(17) - DAY_MS, at(9, 31), true],
  ['over lunch, which nobody works', at(11, 45), at(13, 10), false],
  ['during lunch', at(9), at(12, 30), false],
  ['in the evening', at(9), at(19), false],
  ['on Saturday', at(9) - 2 * DAY_MS, at(11) - 2 * DAY_MS, false],
])('silence is more than half an hour of working time: %s', (_, heard, toldAt, silent) => {
  expect(isSilent({ ...told('one', heard), toldAt }, usual)).toBe(silent);
});

test('working time is that of the unit, and of today only', () => {
  expect(workedToday(usual, at(8), at(14))).toBe(4 * 3_600_000);
  expect(workedToday(usual, at(8) - 7 * DAY_MS, at(10))).toBe(3_600_000);
});

test('who said that he still has something and was not heard of for a day has lost it', () => {
  expect(isLost({ ...told('one', at(11) - DAY_MS - 1, 1) })).toBe(true);
  expect(isLost({ ...told('one', at(11) - DAY_MS - 1, 0) })).toBe(false);
  expect(isLost({ ...told('one', at(10), 1) })).toBe(false);
});

test('the register counts those who are silent while they have a job', () => {
  const job = (id: string, technician: string, over: object = {}) =>
    doc('dispatch', id, { technician, dispatched_at: at(8), planned_at: at(9), ...over });
  const all = books(
    ...['lin', 'chou', 'hsu', 'tsai', 'wu'].map((user) => phone(`phone-${user}`, user)),
    job('j-1', 'lin'),
    job('j-2', 'lin'),
    job('j-3', 'chou'),
    doc('service_visit', 'j-3', { finished_at: at(9, 30) }),
    job('j-4', 'hsu', { cancelled_at: at(8, 30) }),
    job('j-5', 'tsai'),
    job('j-6', 'wu', { planned_at: at(9) + DAY_MS }),
  );
  const silent = ['lin', 'chou', 'hsu', 'wu'].map((user) => told(`phone-${user}`, at(9)));
  const known = contacts(...silent, told('phone-tsai', at(10, 50)));
  expect(silentPeople(all, known, at(11))).toEqual(['lin']);
});

test('a contact of today is told by the clock, of yesterday by that word, of before by the date', () => {
  expect(
    [at(10, 12), at(10, 12) - DAY_MS, at(10, 12) - 3 * DAY_MS].map((one) => lastWords(words, one, at(11))),
  ).toEqual(['10:12', '昨天 10:12', '11/20 10:12']);
});

test('what waits is told with its age where the device said it', () => {
  const since = told('one', at(10), 3, at(9, 20));
  expect(pendingWords(words, since, at(11))).toBe('未送出 3 筆，09:20 起');
  expect(pendingWords(words, told('one', at(10), 3), at(11))).toBe('未送出 3 筆');
  expect(pendingWords(words, told('one', at(10)), at(11))).toBe('');
  expect(lostWords(words, since, at(11))).toBe('09:20 起的 3 筆一直沒送到');
  expect(lostWords(words, told('one', at(10), 3), at(11))).toBe('3 筆一直沒送到');
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('contacts are asked for while somebody looks, every minute, and not while the page is hidden', async () => {
  const client = fixtureClient(null, { clockOffsetMs: 5 }, { 'GET /api/contacts': [told('one', at(10))] });
  const ask = vi.spyOn(client, 'ask');
  const { list } = keepContacts(client, { now: () => at(11) }, true);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(ask).not.toHaveBeenCalled();
  const forget = list.listen(() => {});
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(list.get().list).toMatchObject([{ device: 'one', toldAt: at(11) + 5 }]);
  const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(ask).toHaveBeenCalledTimes(2);
  hidden.mockRestore();
  forget();
});

test('nobody asks who may not know', async () => {
  const client = fixtureClient(null);
  const ask = vi.spyOn(client, 'ask');
  const { list, refresh } = keepContacts(client, { now: () => 0 }, false);
  list.listen(() => {})();
  await refresh();
  expect(list.get()).toEqual({ list: [], read: true, error: undefined });
  expect(ask).not.toHaveBeenCalled();
});
