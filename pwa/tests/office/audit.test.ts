import { expect, test } from 'vitest';
import type { Client } from '../../src/net/index.ts';
import {
  auditList,
  doerWords,
  MOST_IN_FILE,
  objectWords,
  purposeWords,
  readAudit,
  readWholeAudit,
} from '../../src/ui/office/audit.ts';
import { csv } from '../../src/ui/office/csv.ts';
import { said } from '../../src/ui/office/said.ts';
import { auditGrants, auditOthers, auditPurposes, deeds, audit as text } from '../../src/ui/text/audit.ts';
import type { AuditEntry } from '../../src/wire/bodies.ts';
import { at, books, doc } from './made.ts';

const all = books(
  doc('user', 'lin', { name: '林佳蓉' }),
  doc('device', 'desk', { name: '櫃台電腦' }),
  doc('customer', 'chen', { name: '陳美惠' }),
  doc('asset', 'fridge', { customer: 'chen', product: '變頻冰箱', model_no: 'KR-528WN' }),
  doc('service_call', 'x', { customer: 'chen', asset: 'fridge', number: 'BAN-2026-004107' }),
  doc('dispatch', 'd', { call: 'x' }),
  doc('unit', 'ban', { name: '板橋服務中心' }),
  doc('unit', 'tyn', { name: '桃園分公司' }),
  doc('user', 'wang', { name: '王大明' }),
  doc('role_grant', 'given', { user: 'lin', unit: 'ban', role: 'technician' }),
  doc('role_grant', 'taken', { user: 'lin', unit: 'ban', role: 'service_manager', ended_at: at(10, 45) }),
  doc('role_grant', 'later', { user: 'lin', unit: 'ban', role: 'clerk', ended_at: at(10, 46) }),
  doc('role_grant', 'moved', { user: 'wang', unit: 'ban', role: 'clerk', ended_at: at(10, 45) }),
  doc('role_grant', 'there', { user: 'wang', unit: 'tyn', role: 'clerk' }),
);
const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  seq: 7,
  at: at(10, 45),
  user: 'lin',
  device: 'desk',
  deed: 'call.closed_and_filed',
  objects: ['service_call:x'],
  purpose: null,
  request_sha256: null,
  ...over,
});

const spoken = {
  books: all,
  said: said.get(),
  others: auditOthers.get(),
  grants: auditGrants.get(),
  purposes: auditPurposes.get(),
  text: text.get(),
  deeds: deeds.get(),
};

test.each([
  ['service_call:x', '叫修 BAN-2026-004107 陳美惠'],
  ['dispatch:d', '派工 BAN-2026-004107 陳美惠'],
  ['asset:fridge', '商品 陳美惠 變頻冰箱 KR-528WN'],
  ['user:lin', '人員 林佳蓉'],
  ['unit:ban', '單位 板橋服務中心'],
  ['service_call:elsewhere', '叫修 elsewhere'],
  ['epoch:abc:def', '資料庫 abc:def'],
  ['actor:01m8', '一段裝置紀錄 01m8'],
  ['later:01m8', 'later 01m8'],
  ['role_grant:given', '授予林佳蓉「技術員」職務'],
  ['role_grant:taken', '解除林佳蓉「服務主任」職務'],
  ['role_grant:later', '授予林佳蓉「業務員」職務'],
  ['role_grant:moved', '解除王大明「業務員」職務（板橋服務中心）'],
  ['role_grant:there', '授予王大明「業務員」職務（桃園分公司）'],
  ['role_grant:elsewhere', '職務 elsewhere'],
])('%s is told as %s', (object, words) => {
  expect(objectWords(object, entry(), spoken)).toBe(words);
});

test.each([
  ['sync.epoch_begun', 'restore', '用還原指令放回備份'],
  ['sync.epoch_begun', 'hello', '資料庫換成較舊的，由裝置發現'],
  ['sync.rows_repaired', '2 ranges, 14 rows', '2 段不同，補正 14 筆'],
  ['list.imported', '名單.csv: 3 new and 0 changed of customer', '名單.csv：客戶新增 3 筆、更改 0 筆'],
  [
    'list.imported',
    '名單.csv: 3 new and 0 changed of customer, 1 new and 2 changed of asset',
    '名單.csv：客戶新增 3 筆、更改 0 筆，商品新增 1 筆、更改 2 筆',
  ],
  ['list.imported', ': 3 new and 0 changed of customer', '客戶新增 3 筆、更改 0 筆'],
  ['list.imported', '名單.csv: 3 fresh and 0 changed of customer', '名單.csv: 3 fresh and 0 changed of customer'],
  ['call.withdrawn', 'restore', 'restore'],
  ['call.closed_and_filed', null, ''],
] as const)('of %s, %s is told as %s', (deed, purpose, told) => {
  expect(purposeWords(entry({ deed, purpose }), spoken)).toBe(told);
});

test('what nobody who was signed in did is told apart from what the system did', () => {
  expect(doerWords(all, entry(), text.get())).toBe('林佳蓉');
  expect(doerWords(all, entry({ user: null, deed: 'session.refused' }), text.get())).toBe('沒登入的人');
  expect(doerWords(all, entry({ user: null, deed: 'sync.epoch_begun' }), text.get())).toBe('系統');
  expect(doerWords(all, entry({ user: 'gone' }), text.get())).toBe('gone');
});

test('a day is wanted whole, and the next page goes on behind the last entry', async () => {
  const asked: string[] = [];
  const client = { ask: async (_: string, path: string) => asked.push(path) } as unknown as Client;
  await readAudit(client, { user: '', deed: '', day: '' }, null);
  await readAudit(client, { user: 'lin', deed: 'visit.signed', day: '2026-11-23' }, 7);
  expect(asked).toEqual(['/api/audit?', `/api/audit?before=7&user=lin&deed=visit.signed&until=${at(24)}`]);
});

test('the file says in words what the page says', () => {
  const file = csv(auditList({ entries: [entry({ purpose: '=客戶' })], broken: [] }, spoken));
  expect(file).toContain("7,2026-11-23 10:45,林佳蓉,櫃台電腦,結案並歸檔,叫修 BAN-2026-004107 陳美惠,'=客戶");
});

/** A log of so many entries, as the server gives it out; `broken` are those that are not as they were written. */
function logOf(count: number, broken: readonly number[] = []) {
  const asked: string[] = [];
  const ask = async (_: string, path: string) => {
    asked.push(path);
    const query = new URLSearchParams(path.split('?')[1]);
    const [before, most] = [Number(query.get('before') ?? count + 1), Number(query.get('most'))];
    const seqs = Array.from({ length: Math.min(most, before - 1) }, (_each, at) => before - 1 - at);
    const entries = seqs.filter((seq) => !broken.includes(seq)).map((seq) => entry({ seq }));
    return { entries, broken: seqs.filter((seq) => broken.includes(seq)), more: before - 1 > most };
  };
  return { client: { ask } as unknown as Client, asked };
}

test('the whole log that the filter names is read, and not only the pages that were looked at', async () => {
  const { client, asked } = logOf(2_345, [1]);
  const told: number[] = [];
  const whole = await readWholeAudit(client, { user: 'lin', deed: '', day: '' }, (count) => told.push(count));
  expect([whole.entries.length, whole.broken, whole.more]).toEqual([2_344, [1], false]);
  expect(told).toEqual([1_000, 2_000, 2_344]);
  expect(asked).toEqual([
    '/api/audit?user=lin&most=1000',
    '/api/audit?before=1346&user=lin&most=1000',
    '/api/audit?before=346&user=lin&most=1000',
  ]);
});

test('a file ends where it is full, and says that there is more', async () => {
  const whole = await readWholeAudit(logOf(MOST_IN_FILE + 1).client, { user: '', deed: '', day: '' }, () => {});
  expect([whole.entries.length, whole.more]).toEqual([MOST_IN_FILE, true]);
});

test('a stretch in which nothing is as it was written does not stop the reading', async () => {
  const broken = Array.from({ length: 1_000 }, (_, at) => at + 501);
  const whole = await readWholeAudit(logOf(1_500, broken).client, { user: '', deed: '', day: '' }, () => {});
  expect([whole.entries.length, whole.broken.length]).toEqual([500, 1_000]);
});

test('the file names an entry that is not as it was written, in its place', () => {
  const rows = auditList({ entries: [entry({ seq: 9 }), entry({ seq: 7 })], broken: [8] }, spoken);
  expect(rows.slice(1).map(([seq, , , , , , why]) => [seq, why])).toEqual([
    [9, ''],
    [8, '內容和當時寫下的不同'],
    [7, ''],
  ]);
});
