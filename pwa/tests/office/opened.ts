import { flushSync, mount, unmount } from 'svelte';
import { expect, vi } from 'vitest';
import { type FixtureAnswers, fixtureClient } from '../../src/net/fixture.ts';
import type { Client, SyncStatus } from '../../src/net/index.ts';
import { type FixtureRow, fixtureStore } from '../../src/store/fixture.ts';
import type { Store } from '../../src/store/index.ts';
import OfficeApp from '../../src/ui/office/OfficeApp.svelte';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at } from './made.ts';

/** When somebody looks at the office's pages. */
export const now = at(11);
/** His unit. */
export const unit = 'ban';

const me = {
  user: 'chen',
  name: '陳文彬',
  company: 'k',
  company_name: '示範電器',
  unit,
  device: 'd',
  place: 'office',
} as const;

export interface Opened {
  readonly store: Store;
  readonly client: Client;
  readonly close: () => Promise<void>;
}

/** The office as somebody with these roles opens it; `answers` may change while its pages are open. */
export async function opened(
  hash: string,
  roles: readonly Role[],
  rows: readonly FixtureRow[],
  answers: FixtureAnswers,
  status: Partial<SyncStatus> = {},
): Promise<Opened> {
  location.hash = hash;
  const store = fixtureStore(rows, now);
  const client = fixtureClient({ ...me, roles }, { contactAt: now, ...status }, answers);
  let made = 0;
  const ambient = {
    now: () => Date.now(),
    random: (length: number) => new Uint8Array(length),
    id: () => {
      made += 1;
      return `made-${made}-00000`;
    },
  };
  const app = mount(OfficeApp, { target: document.body, props: { store, client, ambient } });
  await settled();
  const close = async () => {
    await unmount(app);
    document.body.innerHTML = '';
  };
  return { store, client, close };
}

/** Everything that happens without waiting has happened. */
export async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(10);
  flushSync();
}

/** What the page says. */
export const said = () => document.body.textContent?.replaceAll(/\s+/g, ' ') ?? '';

/** Waits until the page says something. */
export const shown = (text: string) =>
  vi.waitFor(() => {
    flushSync();
    expect(said()).toContain(text);
  });

export const button = (label: string, within: ParentNode = document) =>
  [...within.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === label) as HTMLButtonElement;
