import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused } from '../../src/net/index.ts';
import type { SyncStatus } from '../../src/net/status.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心', code: 'BAN', kind: 'center', time_zone: 'Asia/Taipei' } },
  { kind: 'unit', id: 'tyn', fields: { name: '桃園分公司', code: 'TYN', kind: 'branch', time_zone: 'Asia/Taipei' } },
  {
    kind: 'service_call',
    id: 'call',
    fields: { unit, number: 'BAN-2026-000001', received_at: at(9), logged_at: at(9) },
  },
];

let office: Opened;

async function open(roles: readonly Role[], hash = '#/units', status: Partial<SyncStatus> = {}) {
  const answers = { 'POST /api/units': { unit: 'hsc' } };
  office = await opened(hash, roles, rows, answers, status);
  return vi.spyOn(office.client, 'ask');
}
const field = (label: string) => {
  const found = [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.includes(label));
  return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
};
async function fill(label: string, typed: string) {
  field(label).value = typed;
  field(label).dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
async function press(label: string, within: ParentNode = document) {
  button(label, within).click();
  await settled();
}
const dialog = () => document.querySelector('dialog') as HTMLElement;
async function submit(form: HTMLFormElement | null) {
  form?.requestSubmit();
  await settled();
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

test('an admin adds a unit; its code is written in capitals and has to be one', async () => {
  const ask = await open(['admin']);
  await press('新增單位');
  await fill('單位名稱', ' 新竹服務組 ');
  await fill('代號', '1');
  await submit(dialog().querySelector('form'));
  expect(said()).toContain('英文字母開頭，共 2 到 8 個英文字母或數字。');
  await fill('電話', 'abc');
  await submit(dialog().querySelector('form'));
  expect(said()).toContain('至少 5 個數字。');
  await fill('電話', '');
  await fill('代號', 'hsc');
  await submit(dialog().querySelector('form'));
  expect(ask).toHaveBeenCalledWith('POST', '/api/units', {
    kind: 'branch',
    code: 'HSC',
    name: '新竹服務組',
    time_zone: 'Asia/Taipei',
    address: '',
    phone: '',
  });
  expect(location.hash).toBe('#/units/hsc');
});

const below = (label: string) =>
  document.getElementById(field(label).getAttribute('aria-describedby') ?? '')?.textContent;
const CODE_TAKEN = '別的單位已經用代號 HSC，沒有儲存。換一個代號。';

test('what the server refuses in a field stands at the field, until it is changed', async () => {
  const ask = await open(['admin']);
  ask.mockRejectedValueOnce(new Refused('unit.code_taken', { prefix: 'HSC' }));
  await press('新增單位');
  await fill('單位名稱', '新竹服務組');
  await fill('代號', 'HSC');
  await submit(dialog().querySelector('form'));
  await shown(CODE_TAKEN);
  expect(below('代號')).toBe(CODE_TAKEN);
  expect(dialog().querySelector('[role=alert]')).toBeNull();
  await fill('單位名稱', '');
  expect(below('代號')).toBe(CODE_TAKEN);
  await submit(dialog().querySelector('form'));
  expect(said()).not.toContain(CODE_TAKEN);
  ask.mockRejectedValueOnce(new Refused('unit.code_taken', { prefix: 'HSC' }));
  await fill('單位名稱', '新竹服務組');
  await submit(dialog().querySelector('form'));
  await shown(CODE_TAKEN);
  await fill('代號', '1');
  expect(said()).not.toContain(CODE_TAKEN);
  expect(below('代號')).toBe('英文字母開頭，共 2 到 8 個英文字母或數字。');
});

test('what no field is to blame for stands below all of them', async () => {
  const ask = await open(['admin']);
  ask.mockRejectedValueOnce(new Refused('server.busy', {}));
  await press('新增單位');
  await fill('單位名稱', '新竹服務組');
  await fill('代號', 'HSC');
  await submit(dialog().querySelector('form'));
  await vi.waitFor(() => expect(dialog().querySelector('[role=alert]')).not.toBeNull());
});

test('F012 the code of a unit that gave numbers out cannot be changed, that of another one can', async () => {
  const ask = await open(['admin']);
  await press('編輯');
  expect(field('代號').readOnly).toBe(true);
  expect(said()).toContain('已經有用這個代號的號碼，不能再改');
  await submit(dialog().querySelector('form'));
  expect(said()).toContain('沒有改。');
  await fill('電話', '02-2960-0000');
  await submit(dialog().querySelector('form'));
  expect(ask).toHaveBeenCalledWith('POST', `/api/units/${unit}`, { phone: '02-2960-0000' });
});

test('F011 a service manager sets the limits of his own unit, and cannot change what it is called', async () => {
  const ask = await open(['service_manager']);
  expect(button('新增單位')).toBeUndefined();
  expect(button('編輯')).toBeUndefined();
  expect(said()).not.toContain('桃園分公司');
  expect([field('登記期限').value, field('副本連結有效天數').value]).toEqual(['15', '30']);
  expect(said()).toContain('還沒設定過，用預設值');
  await fill('登記期限', '1441');
  await submit(field('登記期限').form);
  expect(said()).toContain('填 0 到 1440 的整數。');
  await fill('登記期限', '３０');
  await submit(field('登記期限').form);
  expect(ask).toHaveBeenCalledWith('PUT', `/api/units/${unit}/limits`, { lag_minutes: 30, copy_days: 30 });
  expect(field('登記期限').value).toBe('30');
});

test('without the server nothing can be set, and the page says so', async () => {
  await open(['admin'], '#/units', { state: 'waiting' });
  expect(said()).toContain('連不到伺服器，現在只能看。');
  expect(button('新增單位').disabled).toBe(true);
  expect(field('登記期限').closest('fieldset')?.disabled).toBe(true);
});
