// @vitest-environment node
import { expect, test } from 'vitest';
import type { DiskStore, OutboxView } from '../../src/store/index.ts';
import { acknowledge } from './replies.ts';
import { readyTab, START, until } from './world.ts';

const VISIT = { about: 'visit-0001', what: 'visit.work', who: '陳美惠' };
const SIGNED = { about: 'visit-0001', what: 'visit.signed', who: '陳美惠' };

const fault = (text: string) => [{ kind: 'service_visit' as const, id: 'visit-0001', fields: { fault: text } }];
const view = (store: DiskStore, holds: (view: OutboxView) => boolean) =>
  until(store.outbox, (now) => now !== undefined && holds(now)) as Promise<OutboxView>;
const states = ({ items }: OutboxView) => items.map(({ what, state }) => [what, state]);

async function signed(store: DiskStore) {
  const strokes_sha256 = await store.blobs.keep(new Blob(['s1.strokes'], { type: 'text/plain' }));
  await store.capture(
    [{ kind: 'signature', id: 'signature-1', fields: { strokes_sha256, content_sha256: 'f'.repeat(64) } }],
    SIGNED,
  );
  return strokes_sha256;
}

test('captures of the same thing are one item, with their time and size', async () => {
  const { store, ambient } = await readyTab();
  await store.capture(fault('不冷'), VISIT);
  ambient.time += 60_000;
  await store.capture(fault('不冷、漏水'), VISIT);
  const { items, unsent, bytes, oldestAt } = await view(store, (now) => now.items[0]?.operations.length === 2);
  expect(items).toMatchObject([{ ...VISIT, state: 'pending', at: START + 60_000, problem: null, progress: null }]);
  expect(unsent).toBe(1);
  expect(bytes).toBe(items[0]?.bytes);
  expect(oldestAt).toBe(START + 60_000);
});

test('delivered is only what the office has with every file that it names', async () => {
  const { store, ambient } = await readyTab();
  const strokes = await signed(store);
  ambient.time += 5_000;
  await acknowledge(store, 3);
  const waiting = await view(store, ({ items }) => items[0]?.bytes === 10);
  expect(states(waiting)).toEqual([['visit.signed', 'pending']]);
  ambient.time += 90_000;
  await store.device.blobs.deliver(strokes, 'epoch-one');
  const delivered = await view(store, ({ unsent }) => unsent === 0);
  expect(delivered.items).toMatchObject([{ what: 'visit.signed', state: 'delivered', at: START + 95_000 }]);
});

test('what was captured together is delivered together, with the last of its files', async () => {
  const { store } = await readyTab();
  const strokes_sha256 = await store.blobs.keep(new Blob(['s1.strokes']));
  const signature = { kind: 'signature' as const, id: 'signature-1', fields: { strokes_sha256 } };
  await store.capture([...fault('不冷'), signature], SIGNED);
  await acknowledge(store, 3);
  const waiting = await view(store, ({ items }) => items[0]?.bytes === 10);
  expect(states(waiting)).toEqual([['visit.signed', 'pending']]);
  await store.device.blobs.deliver(strokes_sha256, 'epoch-one');
  expect(states(await view(store, ({ unsent }) => unsent === 0))).toEqual([['visit.signed', 'delivered']]);
});

test('only files that an acknowledged record names may go', async () => {
  const { store } = await readyTab();
  await store.blobs.keep(new Blob(['a slip']));
  const strokes = await signed(store);
  expect(await store.device.blobs.next()).toEqual([]);
  await acknowledge(store, 3);
  expect(await store.device.blobs.next()).toEqual([strokes]);
});

test('what is on the wire is shown with how much of it has gone', async () => {
  const { store } = await readyTab();
  const strokes = await signed(store);
  await store.capture(fault('不冷'), VISIT);
  store.device.outbox.nowSending({ actor: 'actor-one', last: 1 });
  const records = await view(store, ({ items }) => items[0]?.state === 'sending');
  expect(states(records)).toEqual([
    ['visit.signed', 'sending'],
    ['visit.work', 'pending'],
  ]);
  expect(records.items[0]?.progress).toMatchObject({ done: 0, total: 2 });
  await acknowledge(store, 3);
  store.device.outbox.nowSending({ blob: strokes });
  const files = await view(store, ({ items }) => items.some(({ progress }) => progress?.done === 1));
  expect(files.items[0]?.progress).toEqual({ done: 1, total: 2, bytesLeft: 10 });
  store.device.outbox.nowSending(null);
  expect(states(await view(store, ({ items }) => items[0]?.state === 'pending'))).toContainEqual([
    'visit.signed',
    'pending',
  ]);
});

test('P5 a held item says why, does not count as unsent, and goes when the person has read it', async () => {
  const { store } = await readyTab();
  await store.capture(fault('不冷'), VISIT);
  await store.capture(fault('漏水'), VISIT);
  await acknowledge(store, 3, [[0, 'held', 'operation.right']]);
  const held = await view(store, ({ attention }) => attention === 1);
  expect(held).toMatchObject({
    unsent: 0,
    items: [{ state: 'attention', problem: 'operation.right' }, { state: 'delivered' }],
  });
  await store.dismiss(held.items[0]?.id ?? '');
  expect(states(await view(store, ({ attention }) => attention === 0))).toEqual([['visit.work', 'delivered']]);
});

test('delivered items leave the list after a day', async () => {
  const { store, ambient } = await readyTab();
  await store.capture(fault('不冷'), VISIT);
  await acknowledge(store, 3);
  await view(store, ({ items }) => items[0]?.state === 'delivered');
  ambient.time += 86_400_001;
  await store.capture(fault('漏水'), SIGNED);
  expect(states(await view(store, ({ unsent }) => unsent === 1))).toEqual([['visit.signed', 'pending']]);
});

test('every tab sees the same outbox', async () => {
  const { store, tab } = await readyTab();
  const other = await tab();
  await store.capture(fault('不冷'), VISIT);
  expect(states(await view(other, ({ unsent }) => unsent === 1))).toEqual([['visit.work', 'pending']]);
});
