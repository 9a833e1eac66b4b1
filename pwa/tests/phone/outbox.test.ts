import { expect, test } from 'vitest';
import type { OutboxItem, OutboxView } from '../../src/store/index.ts';
import { unsentByJob } from '../../src/ui/phone/views/glance.ts';
import { outboxLines } from '../../src/ui/phone/views/outbox.ts';
import { unsentWork } from '../../src/ui/phone/views/sync_line.ts';
import { deeds } from '../../src/ui/text/outbox.ts';
import { SENTENCES } from '../../src/wire/sentences/zh-Hant.ts';

const item = (over: Partial<OutboxItem>): OutboxItem => ({
  erased: false,
  id: 'a/visit.arrive/open',
  about: 'a',
  what: 'visit.arrive',
  who: '陳美惠',
  state: 'pending',
  at: 1,
  bytes: 100,
  problem: null,
  operations: [],
  progress: null,
  ...over,
});
const outbox = (over: Partial<OutboxView>): OutboxView => ({
  items: [],
  unsent: 0,
  attention: 0,
  bytes: 0,
  oldestAt: null,
  files: new Map(),
  ...over,
});

test('items are told in words, newest first; a deed of a later version is still told', () => {
  const lines = outboxLines([item({}), item({ id: 'b', at: 2, what: 'parts.used' })], deeds.get(), '已刪除');
  expect(lines.map(({ what }) => what)).toEqual(['紀錄', '到達時間']);
});

test('a held item tells why, once its sentence is there', () => {
  const held = item({ state: 'attention', problem: 'operation.value' });
  expect(outboxLines([held], deeds.get(), '')[0]?.reason).toBeUndefined();
  expect(outboxLines([held], deeds.get(), '', SENTENCES)[0]?.reason).toBe(SENTENCES['operation.value']);
});

test('each job knows how many of its items are only here', () => {
  const items = [item({}), item({ state: 'sending' }), item({ about: 'b', state: 'delivered' })];
  expect([...unsentByJob(outbox({ items }))]).toEqual([['a', 2]]);
  expect(unsentByJob(undefined).size).toBe(0);
});

test.each([
  [{}, 'idle', { state: 'delivered', count: 0 }],
  [{ unsent: 2 }, 'waiting', { state: 'unsent', count: 2 }],
  [{ unsent: 2, items: [item({ state: 'sending' })] }, 'pushing', { state: 'sending', count: 2 }],
  [{ unsent: 2 }, 'sign_in', { state: 'sign_in', count: 2 }],
  [{ unsent: 2, attention: 1 }, 'sign_in', { state: 'attention', count: 1 }],
  [{ unsent: 2, attention: 1 }, 'revoked', { state: 'revoked', count: 2 }],
  [{ unsent: 2 }, 'outdated', { state: 'outdated', count: 2 }],
] as const)('with %j and the line at %s it says %j', (view, state, said) => {
  expect(unsentWork(outbox(view), { state })).toEqual(said);
});

test('an item of which an erasure took the name away says so', () => {
  expect(outboxLines([item({ erased: true })], deeds.get(), '已刪除')[0]?.who).toBe('已刪除');
});
