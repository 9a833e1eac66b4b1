import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterCaptures, beginCapture } from './capturing.ts';

/** Web Locks in memory, of one name: shared holders together, an exclusive one only while there are none. */
function memoryLocks(): LockManager {
  let holders = 0;
  const request = async (_name: string, { mode }: LockOptions, act: (lock: Lock | null) => unknown) => {
    if (mode !== 'shared') return act(holders === 0 ? ({} as Lock) : null);
    holders += 1;
    await act({} as Lock);
    holders -= 1;
    return undefined;
  };
  return { request } as unknown as LockManager;
}

const act = vi.fn();
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  act.mockClear();
});

test('an update waits until the last capture of any tab is over', async () => {
  const locks = memoryLocks();
  const [endFirst, endSecond] = [beginCapture(locks), beginCapture(locks)];
  void afterCaptures(act, locks);
  endFirst();
  await vi.advanceTimersByTimeAsync(5000);
  expect(act).not.toHaveBeenCalled();
  endSecond();
  await vi.advanceTimersByTimeAsync(1000);
  expect(act).toHaveBeenCalledOnce();
});

test('a capture that began while the update was waiting is waited for as well', async () => {
  const locks = memoryLocks();
  const endFirst = beginCapture(locks);
  void afterCaptures(act, locks);
  const endLater = beginCapture(locks);
  endFirst();
  await vi.advanceTimersByTimeAsync(5000);
  expect(act).not.toHaveBeenCalled();
  endLater();
  await vi.advanceTimersByTimeAsync(1000);
  expect(act).toHaveBeenCalledOnce();
});

test('with nobody capturing it runs at once', async () => {
  await afterCaptures(act, memoryLocks());
  expect(act).toHaveBeenCalledOnce();
});
