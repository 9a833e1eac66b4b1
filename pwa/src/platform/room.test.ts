import { expect, test } from 'vitest';
import { hasRoom } from './room.ts';

const disk = (estimate: StorageEstimate) => ({ estimate: async () => estimate }) as StorageManager;

test('a photo needs its own room and that of the records after it', async () => {
  expect(await hasRoom(400_000, disk({ quota: 30_000_000, usage: 8_628_480 }))).toBe(true);
  expect(await hasRoom(400_000, disk({ quota: 30_000_000, usage: 8_628_481 }))).toBe(false);
});

test('a browser that does not tell is believed to have room', async () => {
  expect(await hasRoom(400_000, disk({}))).toBe(true);
  expect(await hasRoom(400_000, {} as StorageManager)).toBe(true);
});
