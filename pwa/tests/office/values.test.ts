import { expect, test } from 'vitest';
import { said } from '../../src/ui/office/said.ts';
import {
  closedUp,
  fieldWords,
  momentWords,
  shortHash,
  valueWords,
  type Writer,
  widthOf,
} from '../../src/ui/office/values.ts';
import { MERGE_RULES } from '../../src/wire/merge_rules.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const all = books(
  doc('user', 'lin', { name: '林志豪' }),
  doc('customer', 'c', { name: '陳美惠' }),
  doc('asset', 'a', { product: '冰箱', model_no: 'KR-416' }),
  doc('service_call', 'x', { number: 'BAN-2026-000001', customer: 'c' }),
  doc('service_visit', 'v', { call: 'x', arrived_at: at(10, 12) }),
  doc('device', 'd', { name: 'Pixel 9' }),
);
const writer: Writer = { said: said.get(), books: all, now: at(12) };

test.each([
  ['arrived_at', at(10, 45), '10:45'],
  ['arrived_at', at(10, 45) - DAY_MS, '11/22 10:45'],
  ['arrived_at', at(10, 45) - 400 * DAY_MS, '2025/10/19 10:45'],
  ['warranty_until', at(23, 59), '2026/11/23'],
  ['fee_total', 165_000, 'NT$ 1,650'],
  ['fee_total', 0, 'NT$ 0'],
  ['category', 'warranty', '免費'],
  ['outcome', 'follow_up', '要再來'],
  ['technician', 'lin', '林志豪'],
  ['customer', 'c', '陳美惠'],
  ['asset', 'a', '冰箱 KR-416'],
  ['duplicate_of', 'x', 'BAN-2026-000001'],
  ['fault', '漏水', '漏水'],
  ['taken_at', at(10, 45), '10:45'],
  ['size', 312_400, '305 KB'],
  ['width', 1_600, '1600 像素'],
  ['latitude', 25_033_964, '25.03396'],
  ['accuracy', 12, '12 公尺'],
  ['visit', 'v', '陳美惠 10:12'],
  ['visit', 'nowhere', '（看不到的資料）'],
  ['device', 'd', 'Pixel 9'],
  ['fault', null, '（空白）'],
  ['fault', '', '（空白）'],
  ['deleted', true, '刪除'],
  ['role', 'technician', '技術員'],
  ['role', 'customer', '本人'],
  ['role', 'guard', '大樓管理員'],
  ['undone_reason', 'no_parts', '沒有零件'],
  ['undone_next', 'workshop', '攜回修護'],
  ['channel', 'door', '到現場'],
  ['result', 'no_answer', '沒聯絡到'],
  ['technician', 'nobody', '（看不到的資料）'],
  ['arrived_clock_offset_ms', -12_000, '-00:12'],
  ['due_at', at(16), '16:00'],
  ['proposed_for', at(16), '16:00'],
  ['breach_reason', 'earlier_job', '前一件延誤'],
  ['kind', 'center', '服務中心'],
  ['kind', 'make_up', '補班'],
])('%s of %s reads %s', (field, value, words) => {
  expect(valueWords(field, value, writer)).toBe(words);
});

test.each([
  ['arrived_at', '昨天', '"昨天"'],
  ['arrived_at', 2 ** 53 - 1, '9007199254740991'],
  ['fee_total', 1.5, '1.5'],
  ['fault', { a: [1] }, '{"a":[1]}'],
])('%s that holds %j is shown as it came', (field, value, words) => {
  expect(valueWords(field, value, writer)).toBe(words);
});

test('a word that a newer office has is shown as it stands, and so is a field', () => {
  expect([valueWords('category', 'rental', writer), fieldWords('colour', writer)]).toEqual(['rental', 'colour']);
});

test('every field of every kind has a name', () => {
  for (const field of Object.values(MERGE_RULES).flatMap((rules) => Object.keys(rules)))
    expect(fieldWords(field, writer), field).not.toBe(field);
});

test('a Chinese value stands close to the words around it, a Latin one apart', () => {
  expect([closedUp('改用 更換點火器'), closedUp('改用 NT$ 1,850'), closedUp('9:45 或 9:30')]).toEqual([
    '改用更換點火器',
    '改用 NT$ 1,850',
    '9:45 或 9:30',
  ]);
});

test('a hash is short enough to compare by eye, a Chinese character takes the room of two', () => {
  expect([shortHash('7c1ea90f33'), widthOf('NT$ 1'), widthOf('漏水')]).toEqual(['7c1e a90f', 5, 4]);
  expect(momentWords(at(0), at(23, 59))).toBe('00:00');
});
