import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Unreachable } from '../../src/net/index.ts';
import type { SyncStatus } from '../../src/net/status.ts';
import { factsOf, headline } from '../../src/ui/office/health.ts';
import { health as text } from '../../src/ui/text/health.ts';
import type { Health } from '../../src/wire/bodies.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown } from './opened.ts';

const GIB = 1024 ** 3;
const DAY_MS = 86_400_000;
const well = { wellness: 'well', advice: [] } as const;
const server: Health = {
  at: now,
  wellness: 'well',
  server: { ...well, version: '0.1.0', started_at: now - DAY_MS },
  storage: {
    ...well,
    database: 'sqlite',
    database_bytes: 5 * 1024 ** 2,
    files_bytes: 3 * GIB,
    disk_free: 60 * GIB,
    disk_total: 500 * GIB,
  },
  backup: { ...well, at: at(3), bytes: 2 * GIB, verified: true, missing: 0 },
  devices: { ...well, active: 12, silent: 0, stopped_waiting: 0, quarantined: 0 },
  waiting: { ...well, held: 0, held_since: null, rivals: 0, files_missing: 0, files_gone: 0, more_files: false },
  restore: { ...well, at: null, losses: 0, partings: 0, awaited: 0 },
  audit: { ...well, entries: 5000, checked: 1000, broken: 0 },
  holidays: { ...well, units: 2, missing: [] },
  clock: null,
};
const bad: Health = {
  ...server,
  wellness: 'bad',
  storage: { ...server.storage, wellness: 'look', advice: ['disk_low'] },
  backup: {
    ...server.backup,
    wellness: 'bad',
    advice: ['backup_unreadable', 'backup_lacks_files'],
    verified: false,
    missing: 2,
  },
  devices: {
    wellness: 'look',
    advice: ['devices_silent', 'quarantine_waiting'],
    active: 12,
    silent: 1,
    stopped_waiting: 1,
    quarantined: 1234,
  },
  waiting: {
    wellness: 'look',
    advice: ['held_waiting', 'files_gone'],
    held: 3,
    held_since: at(9),
    rivals: 4,
    files_missing: 300,
    files_gone: 1,
    more_files: true,
  },
  restore: {
    wellness: 'look',
    advice: ['devices_awaited', 'report_open'],
    at: at(8),
    losses: 1,
    partings: 2,
    awaited: 3,
  },
  audit: { wellness: 'bad', advice: ['audit_broken'], entries: 5000, checked: 1000, broken: 1 },
  holidays: {
    wellness: 'look',
    advice: ['holidays_due'],
    units: 2,
    missing: [{ year: 2027, units: ['板橋服務中心', '桃園分公司'] }],
  },
  clock: { wellness: 'look', advice: ['clock_off'], ahead_ms: -61_500 },
};

let office: Opened | undefined;
let answers: Record<string, unknown>;

async function open(roles: readonly Role[], status: Partial<SyncStatus> = {}): Promise<Opened> {
  office = await opened('#/health', roles, [], answers, status);
  return office;
}
const rowsSaid = () =>
  [...document.querySelectorAll('main li')].map(({ textContent }) => textContent?.replaceAll(/\s+/g, ' ').trim());

beforeEach(() => {
  vi.useFakeTimers({ now });
  answers = { 'GET /api/health': server };
});
afterEach(async () => {
  await office?.close();
  office = undefined;
  vi.useRealTimers();
});

test('the admin reads at once that everything is well, and each fact below', async () => {
  await open(['admin']);
  await shown('一切正常，不用做什麼。');
  await shown('11:00 檢查');
  for (const fact of [
    '0.1.0 版，11/22 11:00 啟動',
    '資料庫 SQLite 5.0 MB，照片和簽名 3.0 GB，磁碟剩 60.0 GB（12%）',
    '03:00，2.0 GB，讀得回來',
    '使用中 12 台',
    '沒有還原過',
    '最近 1,000 筆和當時寫下的相同',
    '2 個單位',
  ])
    await shown(fact.replaceAll(/(\d) (?=\p{Script=Han})/gu, '$1 '));
  expect(said()).not.toContain('時鐘');
});

test('what is bad comes first, with what to do and the page where more stands', async () => {
  answers['GET /api/health'] = bad;
  await open(['admin']);
  await shown('有 2 項要處理');
  const [backup, audit, storage] = rowsSaid();
  expect(backup).toContain('最近一次的備份檔讀不回來。換一個磁碟再備份一次。');
  expect(backup).toContain('缺 2 個檔案');
  expect(audit).toContain('要處理');
  expect(storage).toContain('要留意');
  await shown('資料庫和主機差 61.5 秒');
  await shown('300 件以上');
  await shown('2 個單位，缺 2027 年：板橋服務中心、桃園分公司');
  await shown('年底前請服務主任到「服務時間」載入。');
  const links = [...document.querySelectorAll('main li a')].map((link) => link.getAttribute('href'));
  expect(links).toEqual(['#/audit', '#/devices', '#/inbox', '#/healing', '#/healing', '#/hours']);
});

test('what waits for people leads to where they decide, and to the report of a restore only if files lack', async () => {
  answers['GET /api/health'] = { ...server, waiting: { ...server.waiting, held: 3, held_since: at(9), rivals: 1 } };
  await open(['admin']);
  await shown('保留待處理 3 筆');
  const links = [...document.querySelectorAll('main li')].find(({ textContent }) => textContent?.includes('等人處理'));
  const told = [...(links?.querySelectorAll('a') ?? [])].map((link) => [
    link.getAttribute('href'),
    link.textContent?.trim(),
  ]);
  expect(told).toEqual([['#/inbox', '打開「待決定」']]);
});

test('an auditor reads the same and is led to where it is told', async () => {
  answers['GET /api/health'] = bad;
  await open(['auditor']);
  await shown('有 2 項要處理');
  expect(document.querySelector('main li a[href="#/devices"]')).not.toBeNull();
});

test('it is asked anew by a button, and by itself while somebody looks', async () => {
  const { client } = await open(['admin']);
  await shown('一切正常');
  const ask = vi.spyOn(client, 'ask');
  answers['GET /api/health'] = bad;
  button('重新檢查').click();
  await shown('有 2 項要處理');
  answers['GET /api/health'] = server;
  await vi.advanceTimersByTimeAsync(60_000);
  await shown('一切正常');
  expect(ask.mock.calls.filter(([, path]) => path === '/api/health').length).toBeGreaterThan(1);
});

test('without the server nothing is shown, and nothing is asked', async () => {
  await open(['admin'], { state: 'waiting' });
  await shown('現在連不到伺服器。系統狀態只有伺服器知道');
  expect(button('重新檢查').disabled).toBe(true);
  expect(rowsSaid()).toEqual([]);
});

test('what was read before is taken away once it cannot be read any more', async () => {
  await open(['admin']);
  await shown('一切正常');
  const lost = Promise.reject(new Unreachable());
  lost.catch(() => {});
  answers['GET /api/health'] = lost;
  button('重新檢查').click();
  await settled();
  await shown('連不到辦公室');
  expect(said()).not.toContain('一切正常');
  expect(rowsSaid()).toEqual([]);
});

test('while it is read for the first time the page says that it loads', async () => {
  answers['GET /api/health'] = new Promise(() => {});
  await open(['admin']);
  expect(document.querySelector('[aria-busy="true"]')).not.toBeNull();
});

test('a fact that is at its ease says no more than it has to', () => {
  const facts = factsOf({ ...server, backup: { ...server.backup, at: null } }, { text: text.get(), now }, []);
  expect(facts.find(({ id }) => id === 'backup')?.said).toBe('還沒有備份過');
  const stopped = factsOf({ ...server, server: { ...server.server, started_at: null } }, { text: text.get(), now }, []);
  expect(stopped[0]?.said).toBe('0.1.0 版，沒有在執行');
  expect(headline([], text.get()).wellness).toBe('well');
});
