import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { found, foundContracts } from '../../gallery/office/lists.ts';
import { Refused } from '../../src/net/index.ts';
import { faultWords } from '../../src/ui/office/imports.ts';
import { rowFaults } from '../../src/ui/text/import.ts';
import type { ImportFound, ImportLine } from '../../src/wire/bodies.ts';
import { MAX_IMPORT_BYTES } from '../../src/wire/limits.ts';
import { ROW_FAULT } from '../../src/wire/vocabulary.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const right: ImportFound = { ...found, encoding: 'utf-8', wrong: 0, errors: [] };
let office: Opened;
const answers: Record<string, unknown> = {};
const file = new File(['客戶名稱,電話'], '客戶.csv');

async function open(told: ImportFound) {
  answers['POST /api/units/ban/imports/check?kind=customers'] = told;
  const rows = [{ kind: 'unit', id: unit, fields: { name: '板橋服務中心' } }] as const;
  office = await opened('#/import', ['service_manager'], rows, answers);
}
async function choose(one: File = file) {
  const input = document.querySelector<HTMLInputElement>('input[type="file"]') as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: [one], configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}
async function press(label: string) {
  button(label).click();
  await settled();
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.restoreAllMocks();
  for (const each of Object.keys(answers)) delete answers[each];
  vi.useRealTimers();
});

test('a list is checked first: what is new, what changes, what is not read, and each error with its row', async () => {
  await open(found);
  await choose();
  await shown('共 5000 列，8 列有錯');
  for (const words of [
    '這個檔是 Big5 編碼，已照 Big5 讀。',
    '這些欄不認得，不會匯入：等級、業務。',
    '3 列和前面的列重複，不會再加一次',
    '客戶464021',
    '統一編號不對，對一下 8 個數字。',
    '第 40 列的同一筆寫「新北市板橋區文化路一段188號」，改成一樣的。',
    '像 2 位客戶：陳美惠（板橋區文化路一段188號）、陳美惠（三峽區中山路9號）。',
    '電話：02-8252-7700 → 02-8252-7711',
  ])
    expect(said().replaceAll(' ', '')).toContain(words.replaceAll(' ', '').slice(0, 12));
});

test('a list that was saved on the mainland is told as what it was read', async () => {
  await open({ ...found, encoding: 'gbk' });
  await choose();
  await shown('這個檔是 GBK（簡體中文）編碼，已照 GBK 讀。');
});

test('rows with errors are left out only by whoever ticks that', async () => {
  await open(found);
  const follow = vi.spyOn(office.client, 'follow');
  answers['POST /api/units/ban/imports?kind=customers&name=%E5%AE%A2%E6%88%B6.csv&wrong=skip'] = [
    { of: 2 },
    { done: 2, of: 2 },
    { found },
  ] satisfies ImportLine[];
  await choose();
  expect(button('匯入 4992 列').disabled).toBe(true);
  document.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
  await settled();
  await press('匯入 4992 列');
  await shown('匯入完成。客戶新增 4640 位，商品新增 4990 台，更改 2 筆。');
  expect(follow).toHaveBeenCalledOnce();
});

test('a list of contracts is chosen first: its columns, its template, and what came of it', async () => {
  await open(right);
  answers['POST /api/units/ban/imports/check?kind=contracts'] = foundContracts;
  answers['POST /api/units/ban/imports?kind=contracts&name=%E5%AE%A2%E6%88%B6.csv&wrong=skip'] = [
    { found: foundContracts },
  ];
  const select = document.querySelector('option[value="contracts"]')?.parentElement as HTMLSelectElement;
  select.value = 'contracts';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
  await shown('匯入保養契約');
  expect(said()).toContain('超次費用');
  await choose();
  await shown('契約商品');
  expect(said()).toContain('NT$ 800');
  expect(said()).toContain('第 29 列的同一筆寫「2026/12/31」');
  expect(said()).toContain('2026/01/01–2026/12/31 的契約');
  document.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
  await settled();
  await press('匯入 234 列');
  await shown('匯入完成。契約新增 92 份，加入商品 205 台，更改 1 筆。');
});

test('how far it is is told, and giving it up aborts the request', async () => {
  await open(right);
  let signal: AbortSignal | undefined;
  vi.spyOn(office.client, 'follow').mockImplementation(async function* (_path, _file, given) {
    signal = given;
    yield { done: 250, of: 1_000 };
    await new Promise((_, reject) => given.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))));
  });
  await choose();
  await press('匯入 5000 列');
  await shown('已寫 250 筆，共 1000 筆。');
  expect(document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')).toBe('25');
  await press('不匯入了');
  await shown('沒有匯入，什麼都沒有改。');
  expect(signal?.aborted).toBe(true);
  expect(button('匯入 5000 列').disabled).toBe(false);
});

test('leaving the page gives it up too', async () => {
  await open(right);
  let signal: AbortSignal | undefined;
  vi.spyOn(office.client, 'follow').mockImplementation(async function* (_path, _file, given) {
    signal = given;
    yield { of: 1 };
    await new Promise(() => {});
  });
  await choose();
  await press('匯入 5000 列');
  location.hash = '#/hours';
  await settled();
  await vi.waitFor(() => expect(signal?.aborted).toBe(true));
});

test('a problem in the midst of it is told in its sentence, and what was checked stays', async () => {
  await open(right);
  vi.spyOn(office.client, 'follow').mockImplementation(async function* () {
    yield { problem: 'import.wrong_rows', facts: { count: 3 } };
  });
  await choose();
  await press('匯入 5000 列');
  await shown('有 3 列有錯，整份都沒有匯入。');
  expect(said()).toContain('共 5000 列');
});

test('a file that is no list, and one that is too large, are told beside the field', async () => {
  await open(right);
  const hand = vi.spyOn(office.client, 'hand').mockRejectedValue(new Refused('import.old_excel', {}));
  await choose();
  await shown('這是舊版 .xls');
  await choose({ ...file, name: 'x.csv', size: MAX_IMPORT_BYTES + 1 } as File);
  await shown('檔案超過');
  expect(hand).toHaveBeenCalledOnce();
});

test('every fault has words without a hole', async () => {
  await open(right);
  const facts = {
    most: 200,
    row: 2,
    before: 1_740_758_400_000,
    count: 2,
    name: '林先生',
    among: [],
    from: 0,
    until: 1,
  };
  for (const fault of ROW_FAULT)
    expect(faultWords(rowFaults.get(), { row: 1, heading: '', value: '', fault, facts })).toMatch(/^[^{}]{8,}。$/);
});
