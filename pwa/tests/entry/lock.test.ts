import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DiskStore, PinRecord } from '../../src/store/index.ts';
import { Lock } from '../../src/ui/entry/lock.svelte.ts';
import { failAtWrite } from '../store/disk.ts';
import { browser } from '../store/world.ts';

const MINUTE_MS = 60_000;
const LIN = 'company/lin';
let now: number;
let at: ReturnType<typeof browser>;

beforeEach(() => {
  now = 1_000_000;
  at = browser();
});
afterEach(() => vi.restoreAllMocks());

/** The app is started: what an earlier start had in memory is gone. */
async function started(owner = LIN): Promise<Lock> {
  return lockOf(await at.tab(), owner);
}

function lockOf({ pins }: DiskStore, owner = LIN): Lock {
  return new Lock({ now: () => now, random: (length) => new Uint8Array(length).fill(7), pins }, owner);
}

async function chosen(): Promise<Lock> {
  const lock = await started();
  await lock.choose('135790');
  return lock;
}

/** What stands on the disk at this moment, whatever any tab has in memory. */
async function onDisk(): Promise<PinRecord | null> {
  return (await started()).record;
}

test('choosing a code opens, and the code is asked for when the app is started again', async () => {
  expect((await chosen()).locked).toBe(false);
  const again = await started();
  expect(again.locked).toBe(true);
  expect(await again.unlock('135790')).toBe(true);
  expect(again.locked).toBe(false);
});

test('the code itself is nowhere kept', async () => {
  await chosen();
  expect(Object.keys((await onDisk()) ?? {})).toEqual(['salt', 'hash', 'wrong']);
  expect(JSON.stringify(await onDisk())).not.toContain('135790');
});

test('everybody on this phone has a code of his own', async () => {
  await chosen();
  expect((await started('company/chou')).record).toBeNull();
  await (await started('company/chou')).choose('246802');
  expect(await (await started()).unlock('135790')).toBe(true);
});

test('after five wrong codes only signing in helps, also after a restart', async () => {
  await chosen();
  const lock = await started();
  for (let tries = 4; tries >= 0; tries -= 1) {
    expect(await lock.unlock('000000')).toBe(false);
    expect(lock.triesLeft).toBe(tries);
  }
  const again = await started();
  expect([again.triesLeft, await again.unlock('135790'), again.locked]).toEqual([0, false, true]);
  await again.signedIn();
  expect([again.record, again.locked, await onDisk()]).toEqual([null, false, null]);
});

test('a try is on the disk before it is looked at: ending the app at any moment gains none', async () => {
  await chosen();
  const lock = await started();
  const counts: unknown[] = [];
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation(async (...given) => {
    counts.push((await onDisk())?.wrong);
    return derive(...given);
  });
  expect([await lock.unlock('000000'), await lock.unlock('135790'), counts]).toEqual([false, true, [1, 2]]);
});

test('a code is not looked at where the disk does not take the try', async () => {
  await chosen();
  const lock = await started();
  const looked = vi.spyOn(crypto.subtle, 'deriveBits');
  const disk = failAtWrite(0);
  await expect(lock.unlock('135790')).rejects.toThrow('the disk is full');
  disk.mend();
  expect([looked.mock.calls.length, lock.locked, lock.triesLeft]).toEqual([0, true, 5]);
  expect(await lock.unlock('135790')).toBe(true);
});

test('a code that the disk does not take was not chosen', async () => {
  const lock = await started();
  const disk = failAtWrite(0);
  await expect(lock.choose('135790')).rejects.toThrow('the disk is full');
  disk.mend();
  expect([lock.record, lock.locked]).toEqual([null, true]);
});

test('a right code forgives the wrong ones before it', async () => {
  await chosen();
  const lock = await started();
  await lock.unlock('000000');
  await lock.unlock('135790');
  expect([lock.triesLeft, (await onDisk())?.wrong]).toEqual([5, 0]);
});

test('tries in two tabs are counted together, also at once', async () => {
  await chosen();
  const [one, other] = [await started(), await started()];
  await Promise.all([one, other, one, other].map((lock) => lock.unlock('000000')));
  expect(await one.unlock('111111')).toBe(false);
  expect([await one.unlock('135790'), await other.unlock('135790')]).toEqual([false, false]);
  await vi.waitFor(() => expect([one.triesLeft, other.triesLeft]).toEqual([0, 0]));
});

test('of two tabs in which a code is chosen one has chosen, and the other asks for it', async () => {
  const [one, other] = [await started(), await started()];
  await one.choose('135790');
  await other.choose('246802');
  expect([one.locked, other.locked]).toEqual([false, true]);
  expect([await other.unlock('246802'), await other.unlock('135790')]).toEqual([false, true]);
});

test('signing in with the password opens and leaves the code as it is', async () => {
  await chosen();
  const lock = await started();
  await lock.unlock('000000');
  await lock.signedIn();
  expect([lock.locked, (await onDisk())?.wrong]).toEqual([false, 0]);
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
