import { atom } from 'nanostores';
import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { setKit } from '../../src/ui/phone/kit.ts';
import Screens from '../../src/ui/phone/screens/Screens.svelte';
import { kitOf } from './kit.ts';

/** The phone on one screen of a job, or on its list; where it goes is where it is. */
export function opened(rows: readonly FixtureRow[], name: string, id?: string) {
  const world = kitOf(rows);
  const current = atom<never>({ name, params: { id } } as never);
  const go = (href: string) => {
    const [, , id, name] = href.split('/');
    current.set({ name: name ?? (id ? 'job' : 'today'), params: { id } } as never);
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

export async function press(name: string): Promise<void> {
  const find = () =>
    [...document.querySelectorAll('button')].find(
      (each) => (each.getAttribute('aria-label') ?? each.textContent?.trim()) === name,
    );
  await vi.waitFor(() => expect(find()?.disabled).toBe(false));
  find()?.click();
  flushSync();
}

export const shown = () => document.body.textContent ?? '';
