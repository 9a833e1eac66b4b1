import { expect, test } from 'vitest';
import type { Client } from '../../src/net/index.ts';
import { auditList, doerWords, objectWords, purposeWords, readAudit } from '../../src/ui/office/audit.ts';
import { csv } from '../../src/ui/office/csv.ts';
import { said } from '../../src/ui/office/said.ts';
import { auditOthers, auditPurposes, deeds, audit as text } from '../../src/ui/text/audit.ts';
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
])('%s is told as %s', (object, words) => {
  expect(objectWords(all, object, spoken)).toBe(words);
});

test.each([
  ['sync.epoch_begun', 'restore', '用還原指令放回備份'],
  ['sync.epoch_begun', 'hello', '資料庫換成較舊的，由裝置發現'],
  ['sync.rows_repaired', '2 ranges, 14 rows', '2 段不同，補正 14 筆'],
  ['list.imported', '名單.csv: 3 new and 0 changed of customer', '名單.csv: 客戶新增 3 筆、更改 0 筆'],
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
  const file = csv(auditList([entry({ purpose: '=客戶' })], spoken));
  expect(file).toContain("7,2026-11-23 10:45,林佳蓉,櫃台電腦,結案並歸檔,叫修 BAN-2026-004107 陳美惠,'=客戶");
});
