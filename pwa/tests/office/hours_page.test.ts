import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused, Unreachable } from '../../src/net/index.ts';
import type { SyncStatus } from '../../src/net/status.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const WORKING = '09:00-12:00 13:00-18:00';
const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心' } },
  { kind: 'unit', id: 'tyn', fields: { name: '桃園分公司' } },
  { kind: 'user', id: 'chen', fields: { name: '陳文彬', unit } },
  { kind: 'business_hours', id: unit, fields: { unit, monday: WORKING, tuesday: WORKING } },
  { kind: 'district', id: 'd1', fields: { unit, name: '板橋區', zone: 'urban' } },
  { kind: 'customer', id: 'c', fields: { unit, name: '陳美惠', district: '三峽區', zone: 'suburban' } },
];
const closed: FixtureRow = {
  kind: 'calendar_day',
  id: 'day',
  fields: { unit, date: '2026-11-26', kind: 'closure', name: '颱風停班', hours: '' },
};

const holiday = (date: string): FixtureRow => ({
  kind: 'calendar_day',
  id: date,
  fields: { unit, date, kind: 'holiday', name: '國慶日', hours: '' },
});

let office: Opened;
const answers: Record<string, unknown> = {};

async function open(roles: readonly Role[], more: readonly FixtureRow[] = [], status: Partial<SyncStatus> = {}) {
  office = await opened('#/hours', roles, [...rows, ...more], answers, status);
  return vi.spyOn(office.client, 'ask');
}
/** From now on the server answers that route with an error. */
function fail(route: string, error: Error) {
  const get = () => {
    throw error;
  };
  Object.defineProperty(answers, route, { get, configurable: true });
}
const group = (label: string) => document.querySelector<HTMLElement>(`fieldset[aria-label="${label}"]`) as HTMLElement;
const field = (label: string, within: ParentNode) =>
  within.querySelector<HTMLInputElement>(`[aria-label="${label}"]`) as HTMLInputElement;
async function press(pressed: HTMLElement) {
  pressed.click();
  await settled();
}
async function fill(input: HTMLInputElement, text: string) {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
async function submit(label: string) {
  button(label).form?.requestSubmit();
  await settled();
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  for (const each of Object.getOwnPropertyNames(answers)) delete answers[each];
  vi.useRealTimers();
});

test('the usual week, the special days and the districts each go out as a file', async () => {
  await open(['service_manager']);
  const sections = [...document.querySelectorAll('main section')];
  const offering = sections.filter((each) => each.querySelector('[aria-label="匯出"]'));
  expect(offering.map((each) => each.getAttribute('aria-label'))).toEqual([
    '平常的服務時間',
    '特別的日子',
    '市區與郊區',
  ]);
});

test('F021 a Saturday like Monday is saved with the whole week', async () => {
  const ask = await open(['service_manager']);
  await press(button('跟週一一樣', group('週六').parentElement ?? document));
  await shown('週六改過，還沒存檔。');
  await submit('存檔');
  const week = { monday: WORKING, tuesday: WORKING, wednesday: '', thursday: '', friday: '', sunday: '' };
  expect(ask).toHaveBeenCalledWith('PUT', '/api/units/ban/hours', { ...week, saturday: WORKING });
  await shown('已存檔，時限照新的服務時間算。');
  expect(said()).not.toContain('還沒存檔');
});

test('a fault is told beside its day, and such a week is not sent', async () => {
  const ask = await open(['service_manager']);
  await fill(field('第 1 段結束', group('週二')), '08:00');
  await shown('結束早於開始');
  await submit('存檔');
  await shown('有一天的時間不對，還沒存。');
  expect(ask).not.toHaveBeenCalledWith('PUT', expect.anything(), expect.anything());
});

test('a refusal is told, and what was typed stays, also when the page is left and opened again', async () => {
  fail('PUT /api/units/ban/hours', new Refused('calendar.hours', {}));
  await open(['service_manager']);
  await fill(field('第 1 段開始', group('週二')), '08:30');
  await submit('存檔');
  await shown('服務時間的起訖不對，沒有儲存。');
  location.hash = '#/vouchers';
  await settled();
  location.hash = '#/hours';
  await shown('週二改過，還沒存檔。');
  expect(field('第 1 段開始', group('週二')).value).toBe('08:30');
  await press(button('不改了'));
  expect(field('第 1 段開始', group('週二')).value).toBe('09:00');
});

test('F021 a typhoon closes the unit today with two clicks, and the calls that wait longer are counted', async () => {
  answers['POST /api/units/ban/days'] = { days: 1, calls: 3 };
  const ask = await open(['branch_manager']);
  await press(button('今天停班'));
  document.querySelector<HTMLFormElement>('#day')?.requestSubmit();
  await settled();
  const today = { dates: ['2026-11-23'], kind: 'closure', name: '颱風停班', hours: '' };
  expect(ask).toHaveBeenCalledWith('POST', '/api/units/ban/days', today);
  await shown('1 天已存檔。3 件叫修的到達時限跟著改了。');
});

test('F021 whoever closes the unit for a day reads how half a day is set', async () => {
  await open(['service_manager']);
  await press(button('今天停班'));
  expect(said()).toContain('颱風只停半天：種類選「特別時間」，填上班的那一段。');
  await press(button('放假'));
  expect(said()).not.toContain('颱風只停半天');
});

test('F021 a year without days offers its public holidays; one that nobody knows is told with its number', async () => {
  answers['POST /api/units/ban/holidays'] = { days: 23, calls: 0 };
  const ask = await open(['service_manager']);
  await shown('2026 年還沒有特別的日子。');
  await press(button('載入 2026 年國定假日'));
  await shown('加了 23 天，設定過的日子沒有動。');
  fail('POST /api/units/ban/holidays', new Refused('calendar.year', { year: 2027 }));
  await press(field('後一年', document));
  await press(button('載入 2027 年國定假日'));
  await shown('還沒有 2027 年的國定假日資料，行事曆沒有改。');
  expect(ask).toHaveBeenLastCalledWith('POST', '/api/units/ban/holidays', { year: 2027 });
});

test('F021 from November on the page says that next year’s holidays are missing, and loads them in one click', async () => {
  answers['POST /api/units/ban/holidays'] = { days: 24, calls: 0 };
  const ask = await open(['service_manager'], [holiday('2026-10-10')]);
  await shown('還沒有 2027 年的國定假日，放假日也會算進到達時限。');
  expect(said()).not.toContain('還沒有 2026 年的國定假日');
  await press(button('載入 2027 年國定假日'));
  expect(ask).toHaveBeenLastCalledWith('POST', '/api/units/ban/holidays', { year: 2027 });
  await shown('2027 年');
});

test('F021 a closure is no holiday: this year’s are still missing, next year’s not before November', async () => {
  vi.setSystemTime(new Date('2026-10-31T23:00+08:00'));
  await open(['service_manager'], [closed]);
  await shown('還沒有 2026 年的國定假日，放假日也會算進到達時限。');
  expect(said()).not.toContain('2027');
});

test('F021 whoever has both years is not asked', async () => {
  await open(['service_manager'], [holiday('2026-01-01'), holiday('2027-01-01')]);
  await shown('01/01 週四');
  expect(said()).not.toContain('的國定假日，放假日');
});

test('a day goes back to usual only after it was said what that does', async () => {
  const ask = await open(['service_manager'], [closed]);
  await press(button('改回平常'));
  await shown('颱風停班會從行事曆拿掉，這天照平常的服務時間：不上班。');
  await press(button('改回平常', document.querySelector('dialog') ?? document));
  expect(ask).toHaveBeenCalledWith('POST', '/api/units/ban/usual-days', { dates: ['2026-11-26'] });
  await shown('11/26 週四 改回平常了。');
});

test('F020 a suggested district is in the table with one click, and out of it with another that can be taken back', async () => {
  const ask = await open(['service_manager']);
  await press(button('三峽區（郊區）'));
  expect(ask).toHaveBeenLastCalledWith('PUT', '/api/units/ban/districts', { name: '三峽區', zone: 'suburban' });
  expect(said()).not.toContain('表上還沒有的');
  await press(button('市區', group('三峽區是市區或郊區')));
  expect(button('市區', group('三峽區是市區或郊區')).getAttribute('aria-pressed')).toBe('true');
  await press(field('拿掉三峽區', document));
  expect(ask).toHaveBeenLastCalledWith('PUT', '/api/units/ban/districts', { name: '三峽區', zone: null });
  await press(button('復原'));
  expect(ask).toHaveBeenLastCalledWith('PUT', '/api/units/ban/districts', { name: '三峽區', zone: 'urban' });
});

test('F020 a district that the table has is not added once more with another zone', async () => {
  const ask = await open(['service_manager']);
  const before = ask.mock.calls.length;
  const label = [...document.querySelectorAll('label')].find((each) => each.textContent?.includes('地區名稱'));
  const name = document.getElementById(label?.htmlFor ?? '') as HTMLInputElement;
  name.value = '板橋區';
  name.dispatchEvent(new Event('input', { bubbles: true }));
  await press(button('加入'));
  await shown('已經有板橋區（市區），在表上改。');
  expect(ask.mock.calls.slice(before).filter(([method]) => method === 'PUT')).toEqual([]);
});

test('two choices in quick succession reach the server one after the other, so that the later one stands', async () => {
  const ask = await open(['service_manager']);
  const first = Promise.withResolvers<undefined>();
  ask.mockImplementationOnce(() => first.promise);
  const before = ask.mock.calls.length;
  await press(button('郊區', group('板橋區是市區或郊區')));
  await press(button('市區', group('板橋區是市區或郊區')));
  expect(ask.mock.calls.slice(before).map(([, , body]) => body)).toEqual([{ name: '板橋區', zone: 'suburban' }]);
  first.resolve(undefined);
  await vi.waitFor(() =>
    expect(ask).toHaveBeenLastCalledWith('PUT', '/api/units/ban/districts', { name: '板橋區', zone: 'urban' }),
  );
});

test('a district that the server did not take is as it was, and why is told', async () => {
  fail('PUT /api/units/ban/districts', new Unreachable());
  await open(['service_manager']);
  await press(button('郊區', group('板橋區是市區或郊區')));
  await shown('連不到辦公室，這件事還沒做。');
  expect(button('市區', group('板橋區是市區或郊區')).getAttribute('aria-pressed')).toBe('true');
});

test('while the server is away everything is there to read and nothing to set', async () => {
  await open(['service_manager'], [closed], { state: 'waiting' });
  await shown('連不到伺服器，現在只能看。');
  await shown('11/26 週四');
  const locked = (label: string) => button(label).closest('fieldset[disabled]') !== null;
  expect(['存檔', '今天停班', '改這天', '加入'].map(locked)).toEqual([true, true, true, true]);
});

test('F016 the admin chooses the unit whose hours he sets; the address tells which', async () => {
  await open(['admin']);
  const choice = field('單位', document) as unknown as HTMLSelectElement;
  choice.value = 'tyn';
  choice.dispatchEvent(new Event('change', { bubbles: true }));
  await shown('還沒設定過，先照一般時間算');
  expect(location.hash).toBe('#/hours/tyn');
});

test('a clerk who comes by a link may read', async () => {
  await open(['clerk']);
  await shown('服務時間由服務主任設定，這裡只能看。');
  expect(said()).not.toContain('設定的項目');
});
