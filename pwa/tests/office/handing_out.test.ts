import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { download } from '../../src/platform/handing_over.ts';
import { speak } from '../../src/ui/text/language.ts';
import { button, now, type Opened, opened, settled, unit } from './opened.ts';

vi.mock('../../src/platform/handing_over.ts', () => ({ download: vi.fn() }));

const customer = { unit, name: '陳美惠', phone: '02-2960-1188' };

let office: Opened;

async function open() {
  office = await opened('#/customer/c', ['service_department'], [{ kind: 'customer', id: 'c', fields: customer }], {});
  return vi.spyOn(office.client, 'give');
}
const dialog = () => document.querySelector('dialog') as HTMLElement;
const choice = () => dialog().querySelector('select') as HTMLSelectElement;
async function press(label: string, within: ParentNode = document) {
  button(label, within).click();
  await settled();
}
async function choose(code: string) {
  choice().value = code;
  choice().dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  await speak('zh-Hant');
  vi.useRealTimers();
});

test('personal data is exported in the language that the office speaks, unless another is chosen', async () => {
  const give = await open();
  await press('匯出個資');
  expect([...choice().options].map(({ textContent }) => textContent)).toEqual(['繁體中文', '简体中文', 'English']);
  expect(choice().value).toBe('zh-Hant');
  await press('匯出個資', dialog());
  expect(give).toHaveBeenLastCalledWith('/api/customers/c/personal-data?language=zh-Hant');
  expect(download).toHaveBeenCalledWith(expect.objectContaining({ name: '陳美惠的個資.zip' }));
  expect(dialog()).toBeNull();
  await press('匯出個資');
  await choose('en');
  expect(choice().value).toBe('en');
  await press('匯出個資', dialog());
  expect(give).toHaveBeenLastCalledWith('/api/customers/c/personal-data?language=en');
});

test('a language that was chosen for one customer is not kept for the next, and follows what the office speaks', async () => {
  await open();
  await press('匯出個資');
  await choose('zh-Hans');
  await press('先不要', dialog());
  await press('匯出個資');
  expect(choice().value).toBe('zh-Hant');
  await press('先不要', dialog());
  await speak('en');
  await settled();
  await press('Export personal data');
  expect(choice().value).toBe('en');
});
