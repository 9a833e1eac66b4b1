import { atom } from 'nanostores';
import { expect, test } from 'vitest';
import { type SyncStatus, UNKNOWN } from '../../src/net/status.ts';
import { lostContact } from '../../src/ui/office/lost_contact.ts';

test('a server that does not answer is away until it does, however often it is asked meanwhile', () => {
  const status = atom<SyncStatus>({ ...UNKNOWN, contactAt: 1 });
  const told: boolean[] = [];
  const end = lostContact({ status }).subscribe((lost) => told.push(lost));
  const then = (over: Partial<SyncStatus>) => status.set({ ...status.get(), ...over });
  then({ state: 'pulling' });
  then({ state: 'waiting' });
  then({ state: 'hello' });
  then({ state: 'waiting' });
  then({ state: 'hello' });
  expect(told).toEqual([false, true]);
  then({ contactAt: 2 });
  then({ state: 'idle' });
  expect(told).toEqual([false, true, false]);
  end();
});
