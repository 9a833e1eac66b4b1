import { expect, test, vi } from 'vitest';
import { askToKeep, isKept } from './kept.ts';

const storage = (over: Partial<StorageManager>) => over as StorageManager;

test.each([true, false])('the browser is asked to keep what is stored, and its answer (%s) is told', async (answer) => {
  const persist = vi.fn(async () => answer);
  expect(await askToKeep(storage({ persist }))).toBe(answer);
  expect(persist).toHaveBeenCalledOnce();
});

test('a browser that fails when it is asked has not agreed', async () => {
  expect(await askToKeep(storage({ persist: () => Promise.reject(new TypeError('no')) }))).toBe(false);
});

test('whether it agreed before is read without asking again', async () => {
  const persist = vi.fn(async () => true);
  expect(await isKept(storage({ persist, persisted: async () => false }))).toBe(false);
  expect(await isKept(storage({ persist, persisted: () => Promise.reject(new TypeError('no')) }))).toBeUndefined();
  expect(persist).not.toHaveBeenCalled();
});

test('of a browser that knows nothing of it nothing is said', async () => {
  expect([await askToKeep(storage({})), await isKept(storage({}))]).toEqual([undefined, undefined]);
});
