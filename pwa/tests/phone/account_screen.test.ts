import { afterEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { GROUND } from './made.ts';
import { opened, press, shown } from './opened.ts';

const rows = [...GROUND] as FixtureRow[];
const REFUSED = '瀏覽器沒有答應保留資料，空間不夠時可能清掉還沒送出的紀錄。';

/** A browser that answers so when it is asked to keep what is stored. */
function browser(persisted: boolean, answer: boolean) {
  const persist = vi.fn(async () => answer);
  Object.defineProperty(navigator, 'storage', {
    configurable: true,
    value: { persisted: async () => persisted, persist },
  });
  return persist;
}
afterEach(() => Reflect.deleteProperty(navigator, 'storage'));

test('whoever has the word of the browser that it keeps his work reads that, and is not asked', async () => {
  const persist = browser(true, true);
  opened(rows, 'account');
  await expect.poll(shown, { timeout: 10_000 }).toContain('瀏覽器答應保留存在這台裝置的資料。');
  expect(persist).not.toHaveBeenCalled();
});

test('where the browser refused, that is said with what to do, and it is asked again', async () => {
  const persist = browser(false, true);
  opened(rows, 'account');
  await expect.poll(shown, { timeout: 10_000 }).toContain(`${REFUSED}加到主畫面，再請它保留一次。`);
  await press('請它保留');
  await expect.poll(shown, { timeout: 10_000 }).toContain('瀏覽器答應保留存在這台裝置的資料。');
  expect(persist).toHaveBeenCalledOnce();
});

test('where it refuses again, the way out is to send', async () => {
  browser(false, false);
  opened(rows, 'account');
  await expect.poll(shown, { timeout: 10_000 }).toContain(REFUSED);
  await press('請它保留');
  await expect.poll(shown, { timeout: 10_000 }).toContain('這次也沒有答應。有網路就先傳送，別讓紀錄留太久。');
});

test('of a browser that cannot say nothing is said', async () => {
  opened(rows, 'account');
  await expect.poll(shown, { timeout: 10_000 }).toContain('我的帳號');
  expect(shown()).not.toContain('答應');
});
