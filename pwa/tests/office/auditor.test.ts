import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answers } from '../../gallery/office/answers.ts';
import { calendar } from '../../gallery/office/calendar.ts';
import { presets } from '../../gallery/office/presets.ts';
import { rows } from '../../gallery/office/rows.ts';
import { type Opened, opened, said, settled } from './opened.ts';

let office: Opened;
beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-23T02:40:00Z') }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

const open = async (hash: string) => {
  office = await opened(hash, ['auditor'], [...rows, ...calendar, ...presets], {
    ...answers,
    'GET /api/audit?': { entries: [], more: false, broken: [] },
  });
  await settled();
};
/** Everything on the page that can be pressed or filled in; what only chooses what is shown is told apart by a number. */
const usable = () =>
  [...document.querySelectorAll('main button, main input, main select, main textarea')]
    .filter((each) => !each.closest('fieldset:disabled, :disabled'))
    .map((each) => (each.getAttribute('aria-label') ?? each.textContent ?? '').trim());

const LOOKS =
  /^(匯出|匯出逾時率|匯出合計|看別天的登記簿|列印|歷程|.+的歷程|重新檢查|回上一頁|.+ \d+|前.+|後.+|往前|往後|一天|一個月|現在和之後|過去|人員|事項|到這天為止|再看更早的|客戶、.+|看紀錄)$/;

test.each([
  ['#/people', '林佳蓉'],
  ['#/leave/unit-ban', '請假'],
  ['#/devices', '裝置'],
  ['#/units', '登記期限（分鐘）'],
  ['#/hours/unit-ban', '板橋區'],
  ['#/presets/unit-ban', '檢查費'],
  ['#/healing', '還原報告'],
  ['#/audit', '稽核紀錄'],
  ['#/health', '系統狀態'],
  ['#/', 'BAN-2026-'],
  ['#/call/call-1', '歷程'],
  ['#/board/unit-ban', '列印'],
  ['#/vouchers', '服務憑證'],
  ['#/contracts', '契約'],
  ['#/arrivals', '到達時限'],
  ['#/working-time', '行政工作'],
  ['#/reconciliation', '日終核對'],
])('an auditor reads %s, and is offered nothing that changes anything', async (hash, told) => {
  await open(hash);
  expect(said()).toContain(told);
  expect(said()).not.toContain('你的職務不能用這一頁');
  expect(usable().filter((each) => !LOOKS.test(each))).toEqual([]);
});

test.each(['#/import', '#/intake'])('%s is a deed, and none of an auditor', async (hash) => {
  await open(hash);
  expect(said()).toContain('你的職務不能用這一頁');
});

test('an auditor reads who somebody is and what was changed about him', async () => {
  await open('#/people/clerk-lin');
  const detail = 'section[aria-label="選一位看內容。"]';
  const told = document.querySelector(detail)?.textContent ?? '';
  expect(told).toContain('帳號');
  expect(told).toContain('職務');
  expect(document.querySelectorAll(`${detail} :is(input, select)`)).toHaveLength(0);
});
