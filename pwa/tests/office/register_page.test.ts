import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DAY_MS, doc, signature } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

let office: Opened;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

const call = (id: string, name: string, fields = {}) =>
  doc('service_call', id, { unit, contact_name: name, category: 'paid', received_at: now, logged_at: now, ...fields });
const done = (id: string, fields = {}) =>
  doc('service_visit', id, { unit, call: id, finished_at: now, outcome: 'fixed', category: 'paid', ...fields });

const rows = [
  doc('unit', unit, { name: '板橋服務中心' }),
  call('open', '陳美惠'),
  call('free', '周麗華', { closed_at: now, category: 'warranty' }),
  done('free', { category: 'warranty', fee_total: 0 }),
  call('unsettled', '邱麗珠', { received_at: now - 40 * DAY_MS, closed_at: now - 39 * DAY_MS }),
  done('unsettled', { fee_total: 120_000 }),
];

/** The customers of the rows, from the top. */
const listed = () =>
  [...document.querySelectorAll('[role=grid] tr[data-row] .customer')].map(({ textContent }) => textContent);

test('F033 a paid call that was closed stays under 帳款未結, and its page says so', async () => {
  office = await opened('#/', ['clerk'], rows, {});
  await shown('周麗華');
  expect(listed()).toEqual(['陳美惠', '周麗華']);
  button('帳款未結 1').click();
  await shown('已結案，帳款未結 1 件');
  await settled();
  expect(listed()).toEqual(['邱麗珠']);
  expect(document.querySelector('section.detail')?.textContent).toContain('帳款未結');
  button('全部 2').click();
  await settled();
  expect(said()).not.toContain('已結案，帳款未結');
});

test.each([
  ['paid', '這件要收費，留在登記簿的「帳款未結」'],
  ['warranty', '這件從登記簿劃掉，憑證同時歸檔'],
])('F033 whoever closes a %s call reads beforehand what becomes of it', async (category, means) => {
  const visit = done('x', { category, fee_total: category === 'paid' ? 1 : 0 });
  office = await opened('#/call/x', ['clerk'], [call('x', '王建國', { category }), visit, signature(visit)], {});
  await shown(means);
});

const day = () => document.querySelector<HTMLInputElement>('input[type=date]');
async function look(at: string) {
  const input = day() as HTMLInputElement;
  input.value = at;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
const labelled = (label: string) => document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`);

test('an earlier day is shown with its counts and goes into a file that names it; back leads to today', async () => {
  office = await opened('#/', ['clerk'], rows, {});
  await shown('周麗華');
  labelled('看別天的登記簿')?.click();
  await shown('選一天，列出那天叫修或結案的。');
  expect(listed()).toEqual(['陳美惠', '周麗華']);
  await look('2026-10-14');
  expect(listed()).toEqual(['邱麗珠']);
  await shown('那天叫修或結案的 1 件，照現在的狀態列。');
  expect(['帳款未結 1', '已結案 1', '全部 1'].map((label) => button(label))).not.toContain(undefined);
  labelled('匯出')?.click();
  await shown('叫修登記簿-2026-10-14');
  await look('2026-10-13');
  await shown('那天沒有叫修，也沒有結案的。');
  button('回到今天').click();
  await settled();
  expect([day(), listed()]).toEqual([null, ['陳美惠', '周麗華']]);
});

test('whoever looks at an earlier day without the server reads that later changes are missing', async () => {
  office = await opened('#/', ['clerk'], rows, {}, { state: 'waiting' });
  await shown('周麗華');
  expect(said()).not.toContain('上次同步到的');
  labelled('看別天的登記簿')?.click();
  await shown('列的是這台裝置上次同步到的，後來的改動還看不到');
  await look('2026-10-15');
  expect(listed()).toEqual(['邱麗珠']);
  button('回到今天').click();
  await settled();
});

test('today and days to come are no earlier day', async () => {
  office = await opened('#/', ['clerk'], rows, {});
  await shown('周麗華');
  labelled('看別天的登記簿')?.click();
  await settled();
  expect(day()?.max).toBe('2026-11-22');
  await look('2026-11-23');
  expect(listed()).toEqual(['陳美惠', '周麗華']);
  button('回到今天').click();
  await settled();
});
