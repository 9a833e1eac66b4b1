import { beforeEach, expect, test } from 'vitest';
import { Lock } from '../../src/ui/entry/lock.svelte.ts';

const MINUTE_MS = 60_000;
let now: number;

const open = (owner = 'company/lin') =>
  new Lock({ now: () => now, random: (length) => new Uint8Array(length).fill(7), storage: localStorage }, owner);

beforeEach(() => {
  localStorage.clear();
  now = 1_000_000;
});

async function chosen(): Promise<Lock> {
  const lock = open();
  await lock.choose('135790');
  return lock;
}

test('choosing a code opens, and the code is asked for when the app is started again', async () => {
  expect((await chosen()).locked).toBe(false);
  const again = open();
  expect(again.locked).toBe(true);
  expect(await again.unlock('135790')).toBe(true);
  expect(again.locked).toBe(false);
});

test('the code itself is nowhere kept', async () => {
  await chosen();
  expect(JSON.stringify({ ...localStorage })).not.toContain('135790');
});

test('everybody on this phone has a code of his own', async () => {
  await chosen();
  expect(open('company/chou').record).toBeNull();
});

test('after five wrong codes only signing in helps, also after a restart', async () => {
  await chosen();
  const lock = open();
  for (let tries = 4; tries >= 0; tries -= 1) {
    expect(await lock.unlock('000000')).toBe(false);
    expect(lock.triesLeft).toBe(tries);
  }
  const again = open();
  expect([again.triesLeft, await again.unlock('135790'), again.locked]).toEqual([0, false, true]);
  again.signedIn();
  expect([again.record, again.locked]).toEqual([null, false]);
});

test('a try is counted before it is looked at: ending the app gains none', async () => {
  await chosen();
  void open().unlock('000000');
  expect(open().triesLeft).toBe(4);
});

test('a right code forgives the wrong ones before it', async () => {
  await chosen();
  const lock = open();
  await lock.unlock('000000');
  await lock.unlock('135790');
  expect(lock.triesLeft).toBe(5);
});

test('signing in with the password opens and leaves the code as it is', async () => {
  await chosen();
  const lock = open();
  lock.signedIn();
  expect([lock.locked, lock.record !== null]).toEqual([false, true]);
});

test('it locks after five minutes out of sight, and not before', async () => {
  const lock = await chosen();
  lock.seen(false);
  now += 5 * MINUTE_MS - 1;
  lock.seen(true);
  expect(lock.locked).toBe(false);
  lock.seen(false);
  now += 5 * MINUTE_MS;
  lock.seen(true);
  expect(lock.locked).toBe(true);
});

test('a clock that was set back while nobody looked locks as well', async () => {
  const lock = await chosen();
  lock.seen(false);
  now -= 60 * MINUTE_MS;
  lock.seen(true);
  expect(lock.locked).toBe(true);
});
