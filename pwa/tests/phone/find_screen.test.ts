import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { setKit } from '../../src/ui/phone/kit.ts';
import FindScreen from '../../src/ui/phone/screens/FindScreen.svelte';
import { kitOf } from './kit.ts';
import { GROUND, job } from './made.ts';

const { kit } = kitOf([...GROUND, ...job('a', { call: { number: 'BAN-2026-000013' } })] as Parameters<typeof kitOf>[0]);

let close = async () => {};
afterEach(() => close());

async function open() {
  const screen = mount(
    (...given: Parameters<typeof FindScreen>) => {
      setKit(kit);
      return FindScreen(...given);
    },
    { target: document.body, props: {} },
  );
  flushSync();
  close = async () => {
    await unmount(screen);
    document.body.innerHTML = '';
  };
}

function type(text: string) {
  const box = document.querySelector<HTMLInputElement>('[type=search]') as HTMLInputElement;
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

const shown = () => document.querySelector('main')?.textContent ?? '';
const links = () => [...document.querySelectorAll('main a')].map((link) => link.getAttribute('href'));

test('what was found stands in groups with the found part marked, and is among the recent searches once it was opened', async () => {
  await open();
  await expect.poll(shown).toContain('末三碼');
  type('陈美');
  await expect.poll(links).toEqual(['#/product/fridge', '#/product/fridge', '#/job/a']);
  expect([...document.querySelectorAll('h3')].map((head) => head.textContent)).toEqual(['客戶', '商品', '叫修']);
  expect(document.querySelector('mark')?.textContent).toBe('陳美');
  document.querySelector<HTMLElement>('main a')?.click();
  await close();

  await open();
  await expect.poll(shown).toContain('最近找過');
  document.querySelector<HTMLElement>('.chip')?.click();
  await expect.poll(() => links().length).toBe(3);
  type('沒有這個人');
  await expect.poll(shown).toContain('找不到。');
  type('');
  await expect.poll(shown).toContain('清除最近找過的');
  [...document.querySelectorAll('main button')]
    .find((each) => each.textContent?.includes('清除'))
    ?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await expect.poll(shown).not.toContain('最近找過');
  expect(await kit.store.drafts.read('find')).toBeNull();
});
