import { expect, test } from 'vitest';
import { deviceRows } from '../../src/ui/office/devices.ts';
import { inboxItems } from '../../src/ui/office/inbox.ts';
import { inboxSaid } from '../../src/ui/office/inbox_words.ts';
import {
  accountList,
  contractList,
  customerList,
  deviceList,
  inboxList,
  registerList,
  voucherList,
} from '../../src/ui/office/list_files.ts';
import type { Account } from '../../src/ui/office/people.ts';
import { registerRows, sectionsOf } from '../../src/ui/office/register.ts';
import { said } from '../../src/ui/office/said.ts';
import { voucherRows } from '../../src/ui/office/vouchers.ts';
import { listHeads } from '../../src/ui/text/import.ts';
import { parts } from '../../src/ui/text/parts.ts';
import { people } from '../../src/ui/text/people.ts';
import { call, register } from '../../src/ui/text/register.ts';
import { callStates, roles, voucherStates } from '../../src/ui/text/vocabulary.ts';
import { vouchers } from '../../src/ui/text/voucher.ts';
import { TEMPLATE_HEADINGS } from '../../src/wire/limits.ts';
import { at, books, doc, write } from './made.ts';

const heads = listHeads.get();
const shelf = books(
  doc('unit', 'ban', { name: '板橋服務中心' }),
  doc('user', 'lin', { name: '林志豪', unit: 'ban' }),
  doc('device', 'phone', { name: 'Redmi', user: 'lin', unit: 'ban', revoked_at: at(9) }),
  doc('customer', 'c', { unit: 'ban', name: '=陳美惠' }),
  doc('asset', 'a', { unit: 'ban', customer: 'c', product: '冰箱', serial_no: 'S-1' }),
  doc('service_voucher', 'a', { unit: 'ban', number: 'V-1' }),
  doc('service_call', 'one', {
    unit: 'ban',
    customer: 'c',
    asset: 'a',
    number: 'BAN-1',
    category: 'paid',
    contact_phone: '0912-345-678',
    address: '文化路一段188號',
    symptom: '不冷',
    received_at: at(9),
    due_at: at(16),
  }),
);

const words = {
  ...{ heads, text: register.get(), call: call.get() },
  ...{ states: callStates.get(), categories: parts.get() },
};

test('the register goes out as its filter shows it, with until when somebody has to arrive', () => {
  const rows = registerRows(shelf, at(10));
  const [head, first] = registerList([...sectionsOf(rows, 'waiting').values()].flat(), words);
  expect(head?.slice(0, 3)).toEqual(['號碼', '狀態', '叫修時間']);
  expect(first?.[0]).toBe('BAN-1');
  expect(head?.slice(-2)).toEqual(['到達時限', '帳款']);
  expect(first?.slice(-2)).toEqual(['2026-11-23 16:00', '']);
  expect(registerList([...sectionsOf(rows, 'over').values()].flat(), words)).toHaveLength(1);
});

test('F010 the register as a file has who called from where, under which number, and why', () => {
  const [head, first] = registerList(registerRows(shelf, at(10)), words);
  const told = new Map(head?.map((heading, place) => [heading, first?.[place]]));
  expect(['客戶', '電話', '地址', '情形'].map((heading) => told.get(heading))).toEqual([
    ...['=陳美惠', '0912-345-678', '文化路一段188號', '不冷'],
  ]);
});

test('F033 the register as a file says of each call whose money is open that it is', () => {
  const closed = books(
    doc('service_call', 'one', { unit: 'ban', number: 'BAN-1', category: 'paid', closed_at: at(9) }),
    doc('service_visit', 'v', { unit: 'ban', call: 'one', finished_at: at(9), category: 'paid' }),
  );
  const [, row] = registerList(registerRows(closed, at(10)), words);
  expect(row?.at(-1)).toBe('帳款未結');
});

test('vouchers, people and devices go out with their headings, a row each', () => {
  const [, voucher] = voucherList(voucherRows(shelf), { heads, text: vouchers.get(), states: voucherStates.get() });
  expect(voucher).toEqual(['V-1', '=陳美惠', '冰箱', 'S-1', '送派', '', 0, '']);
  const account: Account = {
    user: 'lin',
    login: '',
    name: '林志豪',
    unit: 'ban',
    roles: ['clerk'],
    deactivated: false,
  };
  const [, person] = accountList([account], shelf, { text: people.get(), roles: roles.get() });
  expect(person).toEqual(['林志豪', '', '板橋服務中心', roles.get().clerk, '還原後沒有帳號']);
  const [, device] = deviceList(deviceRows(shelf, [], []), shelf, { heads, text: people.get() });
  expect(device).toEqual(['Redmi', '林志豪', '板橋服務中心', '', '', '', '2026-11-23 09:00 停用']);
});

test('what waits for a decision goes out as its list tells it', () => {
  const rivals = { phone: [write('02-1', 'lin', 'office', at(8)), write('02-2', 'chou', 'field', at(9))] };
  const all = books(doc('customer', 'c', { unit: 'ban', name: '陳美惠', phone: '02-2' }, { rivals }));
  const writer = { said: said.get(), books: all, now: at(10) };
  const [head, first] = inboxList(inboxItems(all, []), { heads, inbox: inboxSaid.get(), writer });
  expect(head).toEqual(['類別', '事項', '內容', '客戶', '商品', '號碼', '從什麼時候']);
  expect(first).toEqual([
    '兩個值',
    '電話',
    expect.stringContaining('02-2 或 02-1'),
    '陳美惠',
    '',
    '',
    '2026-11-23 09:00',
  ]);
});

test('customers go out with a row for each product, in the columns in which lists are taken in', () => {
  const all = books(
    doc('customer', 'c', { unit: 'ban', name: '陳美惠', phone: '02-2960-1188', district: '板橋區' }),
    doc('customer', 'without', { unit: 'ban', name: '王小明' }),
    doc('customer', 'elsewhere', { unit: 'tyn', name: '桃園的' }),
    doc('asset', 'a', { unit: 'ban', customer: 'c', product: '冰箱', serial_no: 'S-1', warranty_until: at(23, 59) }),
    doc('asset', 'b', { unit: 'ban', customer: 'c', product: '冷氣' }),
  );
  const [head, ...rows] = customerList(all, 'ban');
  expect(head).toEqual(TEMPLATE_HEADINGS.customers);
  expect(rows.every((row) => row.length === TEMPLATE_HEADINGS.customers.length)).toBe(true);
  expect(rows.map((row) => [row[0], row[7], row[9], row[11]])).toEqual([
    ['王小明', '', '', ''],
    ['陳美惠', '冰箱', 'S-1', '2026-11-23'],
    ['陳美惠', '冷氣', '', ''],
  ]);
});

test('contracts go out with a row for each product that they cover, in the columns in which lists are taken in', () => {
  const agreed = { valid_from: at(0), valid_until: at(24) - 1, visits_included: 4, extra_fee: 80_000 };
  const all = books(
    doc('customer', 'c', { unit: 'ban', name: '陳美惠', phone: '02-2960-1188' }),
    doc('asset', 'a', { unit: 'ban', customer: 'c', product: '冰箱', serial_no: 'S-1' }),
    doc('asset', 'b', { unit: 'ban', customer: 'c', product: '冷氣' }),
    doc('maintenance_contract', 'm', { unit: 'ban', customer: 'c', number: 'M-1', ...agreed }),
    doc('maintenance_contract', 'n', { unit: 'ban', customer: 'c', number: 'M-0' }),
    doc('covered_asset', 'ma', { unit: 'ban', contract: 'm', asset: 'a' }),
    doc('covered_asset', 'mb', { unit: 'ban', contract: 'm', asset: 'b' }),
  );
  const day = '2026-11-23';
  expect(contractList(all, 'ban')).toEqual([
    TEMPLATE_HEADINGS.contracts,
    ['M-0', '陳美惠', '02-2960-1188', '', '', '', '', '', '', '', '', '', ''],
    ['M-1', '陳美惠', '02-2960-1188', '', '', day, day, 4, 800, '冰箱', '', 'S-1', ''],
    ['M-1', '陳美惠', '02-2960-1188', '', '', day, day, 4, 800, '冷氣', '', '', ''],
  ]);
});
