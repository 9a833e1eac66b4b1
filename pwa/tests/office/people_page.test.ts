import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused } from '../../src/net/index.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { at } from './made.ts';
import { button, now, type Opened, opened, settled, shown, unit } from './opened.ts';

const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心', code: 'BAN' } },
  { kind: 'user', id: 'wang', fields: { name: '王大明', unit } },
  { kind: 'role_grant', id: 'has', fields: { user: 'wang', unit, role: 'technician' } },
  { kind: 'role_grant', id: 'had', fields: { user: 'wang', unit, role: 'service_manager', ended_at: at(10) } },
];
const wang = { user: 'wang', login: 'wang', name: '王大明', unit, roles: ['technician'], deactivated: false };
const told = (seq: number, fields: Record<string, unknown>) => ({
  actor: 'server',
  seq,
  author: 'chen',
  author_name: '陳文彬',
  place: 'office',
  role: 'server',
  at: at(10),
  received_at: at(10),
  effective_at: at(10),
  problem: null,
  fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, standing: 'shown' }])),
});
const answers = {
  'GET /api/accounts': [wang],
  'GET /api/records/user/wang/history': [told(1, { name: '王大明' })],
  'GET /api/records/role_grant/has/history': [told(2, { role: 'technician' })],
  'GET /api/records/role_grant/had/history': [told(3, { role: 'service_manager' }), told(4, { ended_at: at(10) })],
};

let office: Opened;
const press = async (label: string, within: ParentNode = document) => {
  button(label, within).click();
  await settled();
};
const dialog = () => document.querySelector('dialog[open]') as HTMLElement;
const within = () => dialog().textContent ?? '';

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

test.each(['admin', 'auditor'] as const)(
  '%s reads which roles somebody has and had, each by its name',
  async (role) => {
    office = await opened('#/people/wang', [role], rows, answers);
    await shown('王大明');
    await press('歷程');
    const tabs = [
      ...document.querySelectorAll('dialog[open] .history [aria-pressed], dialog[open] .history label'),
    ].map((tab) => tab.textContent?.trim());
    expect(tabs).toEqual(['人員', '技術員', '服務主任（已結束）']);
    await press('服務主任（已結束）', dialog());
    expect(within()).toContain('已結束');
    expect(within()).not.toContain('現在顯示');
    await press('技術員', dialog());
    expect(within()).toContain('現在顯示');
  },
);

const field = (label: string) => {
  const found = [...dialog().querySelectorAll('label')].find(({ textContent }) => textContent === label);
  return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
};
const below = (label: string) =>
  document.getElementById(field(label).getAttribute('aria-describedby') ?? '')?.textContent;
async function fill(label: string, typed: string) {
  field(label).value = typed;
  field(label).dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}

test('a login that nobody can type is not sent, and neither is a name that nobody sees', async () => {
  office = await opened('#/people', ['admin'], rows, answers);
  const ask = vi.spyOn(office.client, 'ask');
  await press('新增人員');
  await fill('姓名', '\u3164');
  await fill('帳號', '王 小明');
  await press('技術員', dialog());
  dialog().querySelector('form')?.requestSubmit();
  await settled();
  expect([below('姓名'), below('帳號')]).toEqual(['還沒填。', '不能有空格或看不見的字元。']);
  await fill('帳號', 'wang\u200b');
  expect(below('帳號')).toBe('不能有空格或看不見的字元。');
  expect(ask).not.toHaveBeenCalled();
});

test('a login that somebody has is told at the login, until it is changed', async () => {
  const taken = '這個帳號已經有人用。換一個帳號。';
  office = await opened('#/people', ['admin'], rows, answers);
  await press('新增人員');
  await fill('姓名', '王小明');
  await fill('帳號', 'wang');
  await press('技術員', dialog());
  vi.spyOn(office.client, 'ask').mockRejectedValueOnce(new Refused('account.login_taken', {}));
  dialog().querySelector('form')?.requestSubmit();
  await shown(taken);
  expect(below('帳號')).toBe(taken);
  expect(dialog().querySelector('[role=alert]')).toBeNull();
  await fill('帳號', 'wang2');
  expect(within()).not.toContain(taken);
});
