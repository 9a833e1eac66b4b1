import { expect, test } from 'vitest';
import { arrivalRows, rateOf, ratesBy } from '../../src/ui/office/arrivals.ts';
import { rateList } from '../../src/ui/office/arrivals_file.ts';
import { calledList, customerFileOf, ownedList } from '../../src/ui/office/customer_file.ts';
import { healingList } from '../../src/ui/office/healing_file.ts';
import { entryList } from '../../src/ui/office/voucher_file.ts';
import { cardOf } from '../../src/ui/office/vouchers.ts';
import { arrivals } from '../../src/ui/text/arrivals.ts';
import { fileKinds, fileStates, healing, lossStates } from '../../src/ui/text/healing.ts';
import { listHeads } from '../../src/ui/text/import.ts';
import { customerFile } from '../../src/ui/text/merging.ts';
import { parts } from '../../src/ui/text/parts.ts';
import { seals } from '../../src/ui/text/register.ts';
import { undone } from '../../src/ui/text/undone.ts';
import { usedParts } from '../../src/ui/text/used_parts.ts';
import { callStates, undoneNexts, undoneReasons, voucherStates } from '../../src/ui/text/vocabulary.ts';
import { voucher } from '../../src/ui/text/voucher.ts';
import type { HealReport } from '../../src/wire/bodies.ts';
import { at, books, DAY_MS, doc, signature } from './made.ts';

const heads = listHeads.get();
const done = doc('service_visit', 'v-1', {
  ...{ unit: 'ban', call: 'one', asset: 'a', technician: 'lin', category: 'paid', fee_total: 120_000 },
  ...{ arrived_at: at(10, 30), finished_at: at(11), fault: '不冷', action: '換感測器', outcome: 'fixed' },
  parts: '溫度感測器\tTS-2210\t1',
});
const shelf = books(
  doc('unit', 'ban', { name: '板橋服務中心' }),
  doc('user', 'lin', { name: '林志豪', unit: 'ban' }),
  doc('user', 'chen', { name: '陳文彬', unit: 'ban' }),
  doc('device', 'phone', { name: 'Redmi', user: 'lin', unit: 'ban' }),
  doc('customer', 'c', { unit: 'ban', name: '陳美惠' }),
  doc('asset', 'a', {
    ...{ unit: 'ban', customer: 'c', product: '冰箱', model_no: 'KR-1', serial_no: 'S-1' },
    warranty_until: at(0) + 30 * DAY_MS,
  }),
  doc('service_voucher', 'a', { unit: 'ban', number: 'V-1' }),
  doc('service_call', 'one', {
    ...{ unit: 'ban', customer: 'c', asset: 'a', number: 'BAN-1', symptom: '不冷', zone: 'urban' },
    ...{ received_at: at(9), due_at: at(10), closed_at: at(12) },
  }),
  done,
  signature(done),
  doc('service_visit', 'v-0', {
    ...{ unit: 'ban', asset: 'a', technician: 'lin', category: 'warranty', fee_total: 0, outcome: 'follow_up' },
    ...{ arrived_at: at(9) - DAY_MS, finished_at: at(10) - DAY_MS, fault: '不冷' },
    ...{ undone_reason: 'no_parts', undone_next: 'send_again', unsigned_reason: 'absent' },
  }),
);

test('the entries of a voucher go out as the page shows them, the newest first', () => {
  const words = { heads, text: voucher.get(), parts: parts.get(), seals: seals.get(), usedParts: usedParts.get() };
  const summary = { text: undone.get(), reasons: undoneReasons.get(), nexts: undoneNexts.get() };
  const card = cardOf(shelf, 'a');
  expect(card && entryList(shelf, card, { ...words, undone: summary })).toEqual([
    ['到達', '憑證', '類別', '故障', '處理', '零件', '技術員', '金額', '簽名'],
    ['2026-11-23 10:30', 'V-1', '有費', '不冷', '換感測器', '溫度感測器（TS-2210）×1', '林志豪', 1200, '簽認'],
    ['2026-11-22 09:00', 'V-1', '免費', '不冷', expect.stringContaining('無法完成'), '', '林志豪', 0, '客戶不在'],
  ]);
});

test("a customer's products and calls go out, a row each", () => {
  const file = customerFileOf(shelf, 'c');
  expect(file && ownedList(file.products, customerFile.get(), voucherStates.get())).toEqual([
    ['商品', '序號', '憑證', '動向', '保證到期'],
    ['冰箱 KR-1', 'S-1', 'V-1', '在檔', '2026-12-23'],
  ]);
  expect(file && calledList(file.calls, customerFile.get(), callStates.get())).toEqual([
    ['叫修時間', '號碼', '商品', '情形', '狀態'],
    ['2026-11-23 09:00', 'BAN-1', '冰箱 KR-1', '不冷', '已結案'],
  ]);
});

test('F023 the rates of a month go out of all its calls, and by unit, zone and technician', () => {
  const rows = arrivalRows(shelf, '2026-11', at(14));
  const part = (head: string, of: 'unit' | 'zone' | 'technician', name: string) => ({
    ...{ head, name: () => name },
    rates: ratesBy(rows, (row) => row[of]),
  });
  const divided = [
    part('單位', 'unit', '板橋服務中心'),
    part('區域', 'zone', '市區'),
    part('技術員', 'technician', '林志豪'),
  ];
  expect(
    rateList('2026-11', { whole: rateOf('', rows), agreed: { id: '', total: 2, late: 1 } }, divided, arrivals.get()),
  ).toEqual([
    ['月份', '分項', '名稱', '件數', '逾時', '逾時率'],
    ['2026-11', '全部', '', 1, 1, '100.0%'],
    ['2026-11', '單位', '板橋服務中心', 1, 1, '100.0%'],
    ['2026-11', '區域', '市區', 1, 1, '100.0%'],
    ['2026-11', '技術員', '林志豪', 1, 1, '100.0%'],
    ['2026-11', '依約定時間', '', 2, 1, ''],
  ]);
});

test('the report of a restore goes out part by part, with who settled what and why', () => {
  const whose = { device: 'phone', user: 'lin' };
  const settled = { by: 'chen', at: at(12), reason: '手機摔壞' };
  const report: HealReport = {
    losses: [
      {
        ...whose,
        actor: 'x',
        last_seq: 9,
        operations: 3,
        since: at(9),
        said_at: null,
        state: 'gone',
        successor: null,
        settled,
      },
    ],
    partings: [
      {
        ...whose,
        actor: 'y',
        at: at(10),
        here: 2,
        there: 4,
        both: true,
        documents_here: [],
        documents_there: [],
        settled: null,
      },
    ],
    files: [
      {
        ...{ ...whose, kind: 'photo', doc: 'p', visit: null, number: 'BAN-1', customer: '陳美惠', state: 'silent' },
        ...{ captured_at: at(11), since: at(11), was_here: false },
      },
    ],
    changes: [
      {
        ...{ epoch: 'e', at: at(8), cause: 'restore', device: null, fork: 10, reached: 15, back: 4 },
        returned: [{ ...whose, operations: 4, documents: 2, unproven: 0, first_at: at(6), last_at: at(7) }],
        awaited: [{ ...whose, seen_at: at(5) }],
      },
    ],
  };
  const words = { books: shelf, heads, text: healing.get() };
  const kinds = { losses: lossStates.get(), files: fileStates.get(), kinds: fileKinds.get() };
  const [head, ...rows] = healingList(report, { ...words, ...kinds });
  expect(head).toEqual(['事項', '裝置', '紀錄筆數', '時間', '內容', '已處理']);
  expect(rows.map(([matter, device, count, time]) => [matter, device, count, time])).toEqual([
    ['一直沒送到的紀錄', 'Redmi（林志豪）', 3, '2026-11-23 09:00'],
    ['複製或還原過的裝置', 'Redmi（林志豪）', 4, '2026-11-23 10:00'],
    ['還沒收到的照片和簽名', 'Redmi（林志豪）', 1, '2026-11-23 11:00'],
    ['資料庫還原', '', 5, '2026-11-23 08:00'],
    ['補回的', 'Redmi（林志豪）', 4, '2026-11-23 06:00'],
    ['還沒回來的裝置', 'Redmi（林志豪）', '', '2026-11-23 05:00'],
  ]);
  expect(rows[0]?.[5]).toBe('陳文彬 2026-11-23 12:00 處理：手機摔壞');
  expect(rows[2]?.[4]).toContain('照片 陳美惠 BAN-1');
  expect(rows[3]?.[4]).toContain('之後至少還有 5 次寫入，各裝置補回 4 次。');
});
