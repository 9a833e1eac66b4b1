// @vitest-environment node
import { expect, test } from 'vitest';
import { failAtWrite, faultsOf, onDisk } from './disk.ts';
import { acknowledge } from './replies.ts';
import { actorRecord, readyTab, until } from './world.ts';

const LABEL = { about: 'call-0001', what: 'visit.work', who: '陳美惠' };
const fault = (text: string) => [{ kind: 'service_visit' as const, id: 'visit-0001', fields: { fault: text } }];

async function withTail() {
  const at = await readyTab();
  for (const text of ['一', '二']) await at.store.capture(fault(text), LABEL);
  await acknowledge(at.store, 3);
  for (const text of ['三', '四']) await at.store.capture(fault(text), LABEL);
  return at;
}

async function chainsOf(disk: IDBFactory) {
  const { actors, operations } = await onDisk(disk);
  return actors.map(({ record, state, acked_seq }) => {
    const own = operations.filter(({ actor }) => actor === record.actor);
    return [record.actor, state, acked_seq, own.map(({ text }) => JSON.parse(text)[6].fault).join('')];
  });
}

test('A3 a tail moves to the new actor with its bytes as they are, and nothing is added to the old one', async () => {
  const { store, disk } = await withTail();
  const before = (await onDisk(disk)).operations.map(({ text }) => text);
  await store.device.outbox.begin(actorRecord('actor-two', 'actor-one', 2), { actor: 'actor-one', common: 2 });
  expect(await chainsOf(disk)).toEqual([
    ['actor-one', 'closed', 2, '一二'],
    ['actor-two', 'open', 0, '三四'],
  ]);
  expect((await onDisk(disk)).operations.map(({ text }) => text)).toEqual(before);
  await store.capture(fault('五'), LABEL);
  expect((await chainsOf(disk)).at(-1)).toEqual(['actor-two', 'open', 0, '三四五']);
  expect(await faultsOf(disk)).toEqual([]);
});

test('A3 what was acknowledged behind the common seq is unsent again', async () => {
  const { store, disk } = await withTail();
  await store.device.outbox.begin(actorRecord('actor-two', 'actor-one', 1), { actor: 'actor-one', common: 1 });
  expect(await chainsOf(disk)).toEqual([
    ['actor-one', 'closed', 1, '一'],
    ['actor-two', 'open', 0, '二三四'],
  ]);
  expect((await onDisk(disk)).stamps.map(({ actor, seq }) => [actor, seq])).toEqual([['actor-one', 1]]);
  const doc = await until(store.document('service_visit', 'visit-0001'), (one) => one?.unsent === 3);
  expect(doc?.fields.fault).toBe('四');
});

test('V3 a renaming that breaks off at any write did not happen', async () => {
  for (let broken = 0; broken < 6; broken += 1) {
    const { store, disk } = await withTail();
    const before = await chainsOf(disk);
    const disks = failAtWrite(broken);
    const failed = store.device.outbox.begin(actorRecord('actor-two', 'actor-one', 2), {
      actor: 'actor-one',
      common: 2,
    });
    await expect(failed).rejects.toThrow('the disk is full');
    disks.mend();
    expect(await chainsOf(disk)).toEqual(before);
    expect(await faultsOf(disk)).toEqual([]);
  }
});

test('V3 an acknowledgement that breaks off at any write did not happen, and comes again', async () => {
  for (let broken = 0; broken < 4; broken += 1) {
    const { store, disk } = await withTail();
    const disks = failAtWrite(broken);
    await expect(acknowledge(store, 5)).rejects.toThrow('the disk is full');
    disks.mend();
    expect(await chainsOf(disk)).toEqual([['actor-one', 'open', 2, '一二三四']]);
    await acknowledge(store, 5);
    expect((await onDisk(disk)).stamps.map(({ seq, stamp }) => [seq, stamp?.[1]])).toEqual([
      [1, 3],
      [2, 4],
      [3, 5],
      [4, 6],
    ]);
  }
});

test('H1 what is offered again goes with its stamps, as far as it was acknowledged', async () => {
  const { store } = await withTail();
  const { outbox } = store.device;
  const offer = await outbox.nextOffer('actor-one', 0);
  expect(offer?.operations.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(offer?.stamps.map(([epoch, position]) => [epoch, position])).toEqual([
    ['epoch-one', 3],
    ['epoch-one', 4],
  ]);
  expect(await outbox.nextOffer('actor-one', 2)).toBeNull();
});

test('A3 what the office can never have in a closed chain is written again at the end of the open one', async () => {
  const { store, disk } = await withTail();
  const { outbox } = store.device;
  await outbox.begin(actorRecord('actor-two', 'actor-one', 4), { actor: 'actor-one', common: 4 });
  await store.capture(fault('五'), LABEL);
  expect((await onDisk(disk)).actors.map(({ settled }) => settled)).toEqual([false, true]);
  await outbox.moveTail('actor-one', 2);
  expect(await chainsOf(disk)).toEqual([
    ['actor-one', 'closed', 2, '一二'],
    ['actor-two', 'open', 0, '五三四'],
  ]);
  expect(await faultsOf(disk)).toEqual([]);
});
