import { atom } from 'nanostores';
import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { setKit } from '../../src/ui/phone/kit.ts';
import Screens from '../../src/ui/phone/screens/Screens.svelte';
import { at } from '../office/made.ts';
import { kitOf } from './kit.ts';
import { GROUND, job } from './made.ts';

vi.mock('../../src/platform/capturing.ts', () => ({ beginCapture: () => () => {} }));

const rows = [...GROUND, ...job('a', { visit: { arrived_at: at(9), category: 'paid' } })] as FixtureRow[];

/** The phone on its work screen; where it goes is where it is. */
function opened() {
  const world = kitOf(rows);
  const current = atom<never>({ name: 'work', params: { id: 'a' } } as never);
  const go = (href: string) => {
    const [, , id, name] = href.split('/');
    current.set({ name: name ?? 'job', params: { id } } as never);
  };
  const router = { ...world.kit.router, current, go, replace: go, back: go };
  const screen = mount(
    (...given: Parameters<typeof Screens>) => {
      setKit({ ...world.kit, router } as never);
      return Screens(...given);
    },
    { target: document.body, props: {} },
  );
  flushSync();
  onTestFinished(async () => {
    await unmount(screen);
    document.body.innerHTML = '';
  });
  return world;
}

const press = async (name: string) => {
  const find = () => [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);
  await vi.waitFor(() => expect(find()?.disabled).toBe(false));
  find()?.click();
  flushSync();
};
const shown = () => document.body.textContent ?? '';

test('F030 three taps lead from the work to what the customer signs about it', async () => {
  const { captured } = opened();
  await press('無法完成');
  await press('沒有零件');
  await press('請客戶看內容');
  await expect.poll(shown).toContain('服務內容確認');
  expect(shown()).toContain('沒有零件');
  expect(captured.flat().map(({ fields }) => fields)).toEqual([
    { undone_reason: 'no_parts', undone_next: 'send_again', outcome: 'follow_up' },
  ]);
});

test('F031 where nobody is there, it ends only with a photo', async () => {
  const { captured } = opened();
  await press('無法完成');
  await press('客戶不在');
  await press('不簽名完成');
  await expect.poll(shown).toContain('先拍一張現場照片');
  expect(captured).toEqual([]);
});
