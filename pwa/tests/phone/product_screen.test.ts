import { atom } from 'nanostores';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { type SyncStatus, UNKNOWN } from '../../src/net/status.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { setKit } from '../../src/ui/phone/kit.ts';
import ProductScreen from '../../src/ui/phone/screens/ProductScreen.svelte';
import { at } from '../office/made.ts';
import { kitOf } from './kit.ts';
import { GROUND } from './made.ts';

let close = async () => {};
afterEach(() => close());

/** The screen of a product as somebody opens it; `read` as far as the disk was read. */
function open(id: string, status: Partial<SyncStatus> = {}, { read = true, rows = GROUND } = {}) {
  const { kit } = kitOf(rows as readonly FixtureRow[]);
  const line = atom<SyncStatus>({ ...UNKNOWN, contactAt: at(8, 30), ...status });
  const given = { ...kit, client: { ...kit.client, status: line }, ...(!read && { books: atom(undefined) }) };
  const screen = mount(
    (...props: Parameters<typeof ProductScreen>) => {
      setKit(given);
      return ProductScreen(...props);
    },
    { target: document.body, props: { id } },
  );
  flushSync();
  close = async () => {
    await unmount(screen);
    document.body.innerHTML = '';
  };
}
const shown = () => document.querySelector('main')?.textContent?.replaceAll(/\s+/g, ' ') ?? '';

test('a product stands with its owner, its number, and that nobody was there yet', async () => {
  open('fridge');
  await expect.poll(shown).toContain('陳美惠');
  expect(shown()).toContain('序號 528N-104417');
  expect(shown()).toContain('還沒有服務紀錄。');
  expect(shown()).not.toContain('連不到辦公室');
});

test('without a network it is shown as it was received, and says when that was', async () => {
  open('fridge', { state: 'waiting' });
  await expect.poll(shown).toContain('連不到辦公室，這是 08:30 收到的資料。');
  expect(shown()).toContain('陳美惠');
});

test('while the disk is read, and while the first data comes, the screen says that it loads', async () => {
  open('fridge', {}, { read: false });
  expect(document.querySelector('[aria-busy="true"]')).not.toBeNull();
  await close();
  open('fridge', { first: true, state: 'pulling', received: 320 }, { rows: [] });
  await expect.poll(shown).toContain('320');
  expect(shown()).not.toContain('找不到');
});

test('whoever has received nothing and has no network is told what will happen', async () => {
  open('fridge', { first: true, state: 'waiting', contactAt: null }, { rows: [] });
  await expect.poll(shown).toContain('資料還沒收到。連上網路就會自動收。');
});

test('a product that is not on this phone leads back to the search', async () => {
  open('elsewhere');
  await expect.poll(shown).toContain('這台裝置沒有這台商品，可能在別的單位。');
  expect(document.querySelector('main a')?.getAttribute('href')).toBe('#/find');
});

test('on a stopped device it says why there is nothing any more', async () => {
  open('fridge', { state: 'revoked' }, { rows: [] });
  await expect.poll(shown).toContain('這台裝置已停用');
  expect(document.querySelector('[role="alert"]')).not.toBeNull();
});
