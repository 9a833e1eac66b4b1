import type { WritableAtom } from 'nanostores';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixtureClient } from '../../src/net/fixture.ts';
import type { SyncStatus } from '../../src/net/index.ts';
import { decideHeld, heldReason, keepHeld } from '../../src/ui/office/held.ts';
import { arrivedLater, readable, type Told } from '../../src/ui/office/history.ts';
import { heldReasons } from '../../src/ui/text/inbox.ts';
import { sentences } from '../../src/ui/text/sentences.ts';

const held = {
  actor: 'actor',
  seq: 7,
  author: 'lin',
  author_name: '林志豪',
  place: 'field',
  problem: 'operation.right',
  received_at: 1,
  at: 1,
  kind: 'service_visit',
  doc: 'v',
  fields: {},
  raw: null,
  applicable: [],
  device: 'phone',
  group: 7,
} as const;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('held operations are read when somebody looks, and who may not decide has none', async () => {
  const client = fixtureClient(null, {}, { 'GET /api/held': [held] });
  const mine = keepHeld(client, true);
  const forget = mine.list.listen(() => {});
  await vi.advanceTimersByTimeAsync(0);
  expect(mine.list.get()).toMatchObject({ list: [held], read: true });
  forget();
  expect(keepHeld(client, false).list.get()).toEqual({ list: [], read: true, error: undefined });
});

test('a reading that failed keeps what was read before and says why', async () => {
  const client = fixtureClient(null, {}, { 'GET /api/held': [held] });
  const mine = keepHeld(client, true);
  await mine.refresh();
  const broken = new Error('no network');
  const ask = vi.spyOn(client, 'ask').mockRejectedValue(broken);
  await mine.refresh();
  expect(mine.list.get()).toEqual({ list: [held], read: true, error: broken });
  ask.mockRestore();
});

test('they are read anew after each contact with the server, once in five seconds at most', async () => {
  const client = fixtureClient(null, { contactAt: 1 }, { 'GET /api/held': [] });
  const ask = vi.spyOn(client, 'ask');
  const forget = keepHeld(client, true).list.listen(() => {});
  const status = client.status as WritableAtom<SyncStatus>;
  for (const contactAt of [2, 3, 4]) status.set({ ...status.get(), contactAt });
  status.set({ ...status.get(), received: 1 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).toHaveBeenCalledTimes(2);
  forget();
});

test('a decision names the operation and its reason', async () => {
  const client = fixtureClient(null);
  const ask = vi.spyOn(client, 'ask');
  await decideHeld(client, held, 'reject', '重做');
  expect(ask).toHaveBeenCalledWith('POST', '/api/held/actor/7/reject', { reason: '重做' });
});

test('why something is held is told in the words of those who decide', () => {
  expect(heldReason(held, heldReasons.get(), sentences.get())).toContain('寫的人的職務');
  const other = { ...held, problem: 'device.revoked' } as const;
  expect(heldReason(other, heldReasons.get(), sentences.get())).toBe(sentences.get()['device.revoked']);
});

const told = (over: Partial<Told>): Told => ({
  ...held,
  role: 'technician',
  at: 1000,
  received_at: 2000,
  effective_at: 1000,
  problem: null,
  fields: {},
  ...over,
});

test('a history tells when something arrived only where that was later', () => {
  expect([arrivedLater(told({})), arrivedLater(told({ received_at: 90_000 }))]).toEqual([null, 90_000]);
});

test('what is for machines is left out, unless there is nothing else', () => {
  const value = { value: 'x', standing: 'shown' } as const;
  const names = (fields: Told['fields']) => readable(told({ fields })).map(([field]) => field);
  expect(names({ unit: value, fault: value, content: value })).toEqual(['fault']);
  expect(names({ content_sha256: value })).toEqual(['content_sha256']);
});
