// @vitest-environment node
import { expect, test } from 'vitest';
import { nextOffer } from '../../src/store/offers.ts';
import { MAX_PUSH_BYTES, MAX_PUSH_OPERATIONS } from '../../src/wire/limits.ts';
import { outboxOf } from './disk.ts';
import { acknowledge } from './replies.ts';
import { readyTab } from './world.ts';

const LABEL = { about: 'call-0001', what: 'visit.work', who: '陳美惠' };
const fault = (text: string) => ({ kind: 'service_visit' as const, id: 'visit-0001', fields: { fault: text } });

type Ready = Awaited<ReturnType<typeof readyTab>>;

/** Captures a group of each size and lets the office acknowledge each batch of groups. */
async function pushed({ store }: Ready, ...batches: ReadonlyArray<readonly number[]>) {
  let position = 1;
  for (const groups of batches) {
    for (const size of groups) {
      const edits = Array.from({ length: size }, (_, place) => fault(`${position} ${place}`));
      await store.capture(edits, LABEL);
    }
    await acknowledge(store, position);
    position += 100;
  }
}

const stretch = ({ operations }: { operations: ReadonlyArray<{ seq: number }> }) => operations.map(({ seq }) => seq);

async function offered({ store }: Ready, after: number) {
  const offer = await store.device.outbox.nextOffer('actor-one', after);
  return offer && [stretch(offer), offer.receipts.map(({ first, seq }) => [first, seq])];
}

test('H1 an offer begins where a receipt begins, although the office has the beginning already', async () => {
  const at = await readyTab();
  await pushed(at, [1, 2], [1]);
  const both = [
    [1, 3],
    [4, 4],
  ];
  expect(await offered(at, 0)).toEqual([[1, 2, 3, 4], both]);
  expect(await offered(at, 1)).toEqual([[1, 2, 3, 4], both]);
  expect(await offered(at, 3)).toEqual([[4], [[4, 4]]]);
  expect(await offered(at, 4)).toBeNull();
});

test('H1 an offer ends where a receipt ends, and its first line leaves room for all of them', async () => {
  const at = await readyTab();
  await pushed(at, [MAX_PUSH_OPERATIONS - 10], [20], [3]);
  expect((await offered(at, 0))?.[1]).toEqual([[1, MAX_PUSH_OPERATIONS - 10]]);
  expect((await offered(at, MAX_PUSH_OPERATIONS - 10))?.[1]).toHaveLength(2);
});

test('P2 what fitted into one push fits into one offer', async () => {
  const at = await readyTab();
  const content = '保'.repeat(30_000);
  for (let place = 0; place < 24; place += 1)
    await at.store.capture([{ kind: 'signature', id: `signature-${place}`, fields: { content } }], LABEL);
  await acknowledge(at.store, 1);
  await acknowledge(at.store, 100);
  const first = await at.store.device.outbox.nextOffer('actor-one', 0);
  if (!first) throw new Error('nothing is offered');
  const { operations, stamps, receipts } = first;
  expect(receipts).toHaveLength(1);
  const head = JSON.stringify({ stamps, receipts });
  const bytes = operations.reduce((sum, { text }) => sum + new TextEncoder().encode(text).length + 1, head.length);
  expect([operations.length > 5, bytes < MAX_PUSH_BYTES]).toEqual([true, true]);
});

test('H1 what lost its receipt goes without one', async () => {
  const at = await readyTab();
  await pushed(at, [2], [3], [1]);
  const outbox = await outboxOf(at.disk);
  const transaction = outbox.transaction('receipts', 'readwrite');
  transaction.objectStore('receipts').delete(['actor-one', 5]);
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));
  const offer = await nextOffer(outbox, 'actor-one', 2);
  expect(offer && stretch(offer)).toEqual([3, 4, 5, 6]);
  expect(offer?.receipts.map(({ first, seq }) => [first, seq])).toEqual([[6, 6]]);
  outbox.close();
});
