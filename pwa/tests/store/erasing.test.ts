// @vitest-environment node
import { expect, test } from 'vitest';
import { extend, genesis, link } from '../../src/core/chain.ts';
import { ENTRUSTED } from '../../src/store/entrusted.ts';
import { answer, open, transact } from '../../src/store/idb.ts';
import type { Entrusted } from '../../src/wire/protocol.ts';
import { failAtWrite, onDisk } from './disk.ts';
import { acknowledge } from './replies.ts';
import { actorRecord, browser, EPOCH, readyTab, row, START, shown, TECHNICIAN } from './world.ts';

const NAME = '陳美惠';
const LABEL = { about: 'call-0001', what: 'visit.work', who: NAME };
const ERASED = START + 1;
const visit = (fields: object) => ({ kind: 'service_visit' as const, id: 'visit-0001', fields });
const erasure = row('service_visit', 'visit-0001', 90, { fee_total: 5, erased_at: ERASED });
const hashOf = (text: string) => link(new TextEncoder().encode(text));

type Ready = Awaited<ReturnType<typeof readyTab>>;

/** One acknowledged group with a photo's file, then one that the office does not have. */
async function worked() {
  const at = await readyTab([row('service_visit', 'visit-0001', 1, { fault: '不冷' })]);
  const image_sha256 = await at.store.blobs.keep(new Blob(['picture']));
  const photo = {
    kind: 'photo' as const,
    id: 'photo-0001',
    fields: { visit: 'visit-0001', image_sha256, caption: NAME },
  };
  await at.store.capture([visit({ fault: '漏水', fee_total: 5 }), photo], LABEL);
  await acknowledge(at.store, 2);
  return { ...at, image_sha256 };
}
const photoErased = row('photo', 'photo-0001', 91, { visit: 'visit-0001', erased_at: ERASED });

async function operations({ disk }: Pick<Ready, 'disk'>) {
  return (await onDisk(disk)).operations;
}

test('Y6 an acknowledged operation on what was erased keeps its frame, hash and head, and no name on its label', async () => {
  const at = await worked();
  const before = await operations(at);
  await shown(at.store, [erasure, photoErased]);
  const after = await operations(at);
  expect(after.map(({ sha256, head }) => [sha256, head])).toEqual(before.map(({ sha256, head }) => [sha256, head]));
  expect(JSON.parse(after[0]?.text ?? '')[6]).toEqual({ fault: null, fee_total: 5 });
  expect(JSON.stringify(after)).not.toContain(NAME);
  expect(after.map(({ frame, blobs }) => [frame, blobs])).toEqual([
    [1, []],
    [1, []],
  ]);
});

test('Y6 what the office does not have is never touched', async () => {
  const at = await worked();
  await at.store.capture([visit({ fault: '又壞了' })], LABEL);
  await at.store.drafts.keep('work:visit-0002', { seen: null, input: NAME });
  await shown(at.store, [erasure, photoErased]);
  const last = (await operations(at)).at(-1);
  expect(last).toMatchObject({ label: LABEL });
  expect(JSON.parse(last?.text ?? '')[6]).toEqual({ fault: '又壞了' });
  expect(await at.store.drafts.read('work:visit-0002')).not.toBeNull();
});

test('Y6 what was acknowledged after the erasure knew of it, or waits for a person, and stays', async () => {
  const at = await worked();
  await shown(at.store, [row('service_visit', 'visit-0001', 90, { erased_at: START - 1 })]);
  expect((await operations(at))[0]?.frame).toBeUndefined();
});

test('Y6 what is acknowledged late, with a stamp from before the erasure, is reduced with its acknowledgement', async () => {
  const at = await readyTab();
  await at.store.capture([visit({ fault: '漏水' })], LABEL);
  await shown(at.store, [erasure]);
  expect((await operations(at))[0]?.text).toContain('漏水');
  await acknowledge(at.store, 2);
  expect(JSON.stringify(await operations(at))).not.toContain('漏水');
});

test('Y6 files that only what was erased named are let go of, and others stay', async () => {
  const at = await worked();
  const strokes_sha256 = await at.store.blobs.keep(new Blob(['strokes']));
  await at.store.capture([{ kind: 'signature', id: 'signature-2', fields: { strokes_sha256 } }], LABEL);
  await acknowledge(at.store, 20);
  await shown(at.store, [erasure, photoErased]);
  expect(await at.store.blobs.read(at.image_sha256)).toBeNull();
  expect(await at.store.blobs.read(strokes_sha256)).not.toBeNull();
});

test('Y6 drafts about what was erased and what anybody looked for are forgotten', async () => {
  const at = await worked();
  await at.store.drafts.keep('work:visit-0001', { seen: null, input: NAME });
  await at.store.drafts.keep('find', { seen: null, input: [NAME] });
  await shown(at.store, [erasure]);
  expect([await at.store.drafts.read('work:visit-0001'), await at.store.drafts.read('find')]).toEqual([null, null]);
});

test('Y6 an offer names the hashes of frames, and receipts go on proving what was sent', async () => {
  const at = await worked();
  const before = await operations(at);
  await shown(at.store, [erasure]);
  const offer = await at.store.device.outbox.nextOffer('actor-one', 0);
  expect(offer?.frames).toEqual([[1, before[0]?.sha256]]);
  expect(offer?.operations.map(({ head }) => head)).toEqual(before.map(({ head }) => head));
  let lines = '';
  await at.store.exportReceipts(async (file) => {
    lines = await file.text();
  });
  const entries = lines.split('\n').filter((line) => line.includes('"text"'));
  expect(entries.map((line) => JSON.parse(line).sha256)).toEqual([before[0]?.sha256, undefined]);
});

test('Y6 where an office lost what was sent, the frame is chained as what it is now', async () => {
  const at = await worked();
  await shown(at.store, [erasure]);
  await at.store.device.outbox.unacknowledge('actor-one', 0);
  const batch = await at.store.device.outbox.nextBatch('actor-one');
  let head = genesis(actorRecord('actor-one'));
  for (const { text, head: told } of batch?.operations ?? []) {
    head = extend(head, hashOf(text));
    expect(told).toBe(head);
  }
  expect((await at.store.device.outbox.chains())[0]?.head).toBe(head);
  await at.store.device.outbox.begin(
    { ...actorRecord('actor-two'), epoch: 'epoch-two' },
    { actor: 'actor-one', common: 0 },
  );
  expect((await operations(at)).map(({ actor, text, sha256 }) => [actor, sha256 === hashOf(text)])).toEqual([
    ['actor-two', true],
    ['actor-two', true],
  ]);
});

const text = JSON.stringify([2, 'service_visit', 'visit-0001', [1, EPOCH], START, 0, { fault: '漏水', fee_total: 5 }]);
const group: Entrusted = {
  actor: { ...actorRecord('actor-else'), device: 'device-else', user: 'clerk-one', place: 'office' },
  past: [],
  first: 1,
  author: 'clerk-one',
  place: 'office',
  operations: [text],
  heads: ['ab'],
  stamps: [[EPOCH, 1, START, START, 'applied', 'clerk', null]],
  signature: 'signed',
};
const page = { epoch: EPOCH, more: false, mark: 'mark', groups: [group] };

async function groupsOn(disk: IDBFactory): Promise<Entrusted[]> {
  const database = await open(disk, ENTRUSTED);
  const rows = await transact(database, ['groups'], 'readonly', (transaction) =>
    answer<{ group: Entrusted }[]>(transaction.objectStore('groups').getAll()),
  );
  database.close();
  return rows.map((one) => one.group);
}

test('Y4 a group that is kept for the office is reduced with the hashes of what was sent', async () => {
  const at = await readyTab();
  await at.store.device.entrusted.keep(page);
  await shown(at.store, [erasure]);
  const [kept] = await groupsOn(at.disk);
  expect(kept).toMatchObject({ hashes: [hashOf(text)], heads: ['ab'], signature: 'signed' });
  expect(JSON.parse(kept?.operations[0] ?? '')[6]).toEqual({ fault: null, fee_total: 5 });
});

test('Y4 a page that was on its way when the erasure was shown is reduced as it comes', async () => {
  const at = await readyTab();
  await shown(at.store, [erasure]);
  await at.store.device.entrusted.keep(page);
  expect(JSON.stringify(await groupsOn(at.disk))).not.toContain('漏水');
});

test('Y4 a group that is reduced already keeps the hashes that it has', async () => {
  const at = await readyTab();
  const second = text.replace('visit-0001', 'visit-0002');
  await at.store.device.entrusted.keep({
    ...page,
    groups: [
      {
        ...group,
        operations: [text, second],
        heads: ['ab', 'cd'],
        stamps: [...group.stamps, ...group.stamps],
        hashes: ['aa', 'bb'],
      },
    ],
  });
  await shown(at.store, [erasure]);
  const [kept] = await groupsOn(at.disk);
  expect(kept?.hashes).toEqual(['aa', 'bb']);
  expect(kept?.operations[1]).toBe(second);
});

test('Y6 a crash anywhere only puts it off: the next start finishes it', async () => {
  const most = 12;
  for (let writes = 0; writes < most; writes += 1) {
    const at = await worked();
    await at.store.device.entrusted.keep(page);
    const disk = failAtWrite(writes);
    await shown(at.store, [erasure, photoErased]).catch(() => {});
    disk.mend();
    await at.store.close();
    await browser(at.ambient, at.disk).tab();
    const found = JSON.stringify([await operations(at), await groupsOn(at.disk)]);
    const rows = await onRows(at.disk);
    expect(found.includes('漏水')).toBe(!rows.includes('erased_at'));
  }
});

async function onRows(disk: IDBFactory): Promise<string> {
  const database = await open(disk, { name: 'fieldproof-rows', version: 1, upgrade: () => {} });
  const rows = await transact(database, ['rows'], 'readonly', (transaction) =>
    answer(transaction.objectStore('rows').getAll()),
  );
  database.close();
  return JSON.stringify(rows);
}

test('somebody else who works on this browser is erased from too, and another company is not', async () => {
  const at = await worked();
  await at.store.device.person.become({ ...TECHNICIAN, user: 'technician-two' });
  await shown(at.store, [erasure, photoErased]);
  expect(JSON.stringify(await operations(at))).not.toContain(NAME);
  const other = await worked();
  await other.store.device.person.become({ ...TECHNICIAN, company: 'company-two' });
  await shown(other.store, [erasure, photoErased]);
  expect(JSON.stringify(await operations(other))).toContain(NAME);
});
