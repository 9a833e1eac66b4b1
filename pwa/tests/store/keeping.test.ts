// @vitest-environment node
import { expect, test, vi } from 'vitest';
import { genesis, link } from '../../src/core/chain.ts';
import { makeDeviceKey } from '../../src/net/device_key.ts';
import {
  BLOBS,
  deliver,
  forgetDelivered,
  keepBlob,
  keptAmong,
  readBlob,
  sendAgain,
  waitingBlobs,
} from '../../src/store/blobs.ts';
import type { UnsentWork } from '../../src/store/export_file.ts';
import { answer, type Layout, open, transact } from '../../src/store/idb.ts';
import { ROWS } from '../../src/store/rows_database.ts';
import { acknowledge } from './replies.ts';
import { actorRecord, browser, exported, known, readyTab, row, START, TECHNICIAN } from './world.ts';

const LABEL = { about: 'call-0001', what: 'visit.work', who: '陳美惠' };
const fault = (text: string) => [{ kind: 'service_visit' as const, id: 'visit-0001', fields: { fault: text } }];

test('a draft and its base survive the death of the app', async () => {
  const { store, tab } = await readyTab([row('service_visit', 'visit-0001', 7, { fault: '不冷' })]);
  const seen = (await known(store.document('service_visit', 'visit-0001')))?.seen ?? null;
  await store.drafts.keep('work:visit-0001', { seen, input: { fault: '不冷、漏' } });
  await store.close();
  const reopened = await tab();
  expect(await reopened.drafts.read('work:visit-0001')).toEqual({ seen, input: { fault: '不冷、漏' } });
});

test('a draft is dropped with the capture that it became', async () => {
  const { store } = await readyTab();
  await store.drafts.keep('work:visit-0001', { seen: null, input: '不冷' });
  await store.capture(fault('不冷'), LABEL, { draft: 'work:visit-0001' });
  expect(await store.drafts.read('work:visit-0001')).toBeNull();
});

test('nobody sees the drafts of another', async () => {
  const { store } = await readyTab();
  await store.drafts.keep('work:visit-0001', { seen: null, input: '不冷' });
  await store.device.person.become({ ...TECHNICIAN, user: 'technician-two' });
  expect(await store.drafts.read('work:visit-0001')).toBeNull();
});

test('a browser that asks the person first whether to keep what is stored is asked at each enrolment, and nobody waits for him', async () => {
  const persist = vi.fn(() => new Promise(() => {}));
  Object.defineProperty(navigator, 'storage', { configurable: true, value: { persist } });
  const { store } = await readyTab();
  const { company, user } = TECHNICIAN;
  const key = { company, user, device: 'device-asked', place: 'field' as const, keys: await makeDeviceKey() };
  await store.device.person.keepKey(key);
  expect((await store.device.person.key(company, user))?.device).toBe('device-asked');
  expect(persist).toHaveBeenCalledOnce();
  Reflect.deleteProperty(navigator, 'storage');
});

test('a new version of the rows drops what the office can send again and keeps drafts, codes and who is signed in', async () => {
  const { store, disk } = await readyTab([row('customer', 'customer-1', 1, { name: '甲' })]);
  await store.drafts.keep('work:visit-0001', { seen: null, input: '不冷' });
  await store.close();
  const newer = await open(disk, { ...ROWS, version: ROWS.version + 1 });
  const names = ['rows', 'feed', 'drafts', 'kept'];
  const left = await transact(newer, names, 'readonly', (transaction) =>
    Promise.all(names.map((name) => answer(transaction.objectStore(name).getAllKeys()))),
  );
  newer.close();
  expect(left).toEqual([[], [], [[TECHNICIAN.user, 'work:visit-0001']], ['me', 'pins']]);
});

test('a tab lets go of its databases for a newer version in another', async () => {
  const { disk } = await readyTab();
  const newer = await open(disk, { ...ROWS, version: ROWS.version + 1 });
  newer.close();
});

test('a file is kept under the hash of its bytes, once, until the office has it', async () => {
  const { store } = await readyTab();
  const [name, again] = [
    await store.blobs.keep(new Blob(['s1.abc'], { type: 'text/plain' })),
    await store.blobs.keep(new Blob(['s1.abc'])),
  ];
  expect(name).toBe(link(new TextEncoder().encode('s1.abc')));
  expect(again).toBe(name);
  const file = await store.blobs.read(name);
  expect([await file?.text(), file?.type]).toEqual(['s1.abc', 'text/plain']);
  expect(await store.blobs.read('0'.repeat(64))).toBeNull();
});

test('V5 the export file holds every unsent operation as it would be sent, and the files that they name', async () => {
  const { store } = await readyTab();
  await store.capture(fault('已送'), LABEL);
  await acknowledge(store, 3);
  const strokes_sha256 = await store.blobs.keep(new Blob([new Uint8Array([255, 254, 0])], { type: 'image/png' }));
  await store.blobs.keep(new Blob(['a slip']));
  await store.capture(fault('不冷'), LABEL);
  await store.capture([{ kind: 'signature', id: 'signature-1', fields: { strokes_sha256 } }], LABEL);
  const parts: UnsentWork[] = [];
  await store.exportFile(async (work) => void parts.push(work));
  expect(parts).toHaveLength(1);
  const [batch] = parts[0]?.batches ?? [];
  expect(batch).toMatchObject({ record: { actor: 'actor-one' }, first: 2 });
  expect(batch?.operations.map(({ seq, text }) => [seq, JSON.parse(text)[1]])).toEqual([
    [2, 'service_visit'],
    [3, 'signature'],
  ]);
  expect(parts[0]?.blobs.map(({ sha256 }) => sha256)).toEqual([strokes_sha256]);
});

test('V5 what is neither sent nor in a file that was taken counts as unsafe', async () => {
  const { store } = await readyTab();
  const { outbox, blobs } = store.device;
  expect(await outbox.unsafe()).toBe(0);
  const strokes_sha256 = await store.blobs.keep(new Blob(['s1.abc']));
  await store.capture([{ kind: 'signature', id: 'signature-1', fields: { strokes_sha256 } }], LABEL);
  expect(await outbox.unsafe()).toBe(1);
  await acknowledge(store, 3);
  expect(await outbox.unsafe()).toBe(1);
  await blobs.deliver(strokes_sha256, 'epoch-one');
  expect(await outbox.unsafe()).toBe(0);
  await store.capture(fault('不冷'), LABEL);
  const closed = () => Promise.reject(new Error('the sheet was closed'));
  await expect(store.exportFile(closed)).rejects.toThrow('the sheet was closed');
  expect(await outbox.unsafe()).toBe(1);
  await exported(store);
  expect(await outbox.unsafe()).toBe(0);
  await store.capture(fault('漏水'), LABEL);
  expect(await outbox.unsafe()).toBe(1);
});

test('files that the first version kept are there in the second, bytes apart, and still wait', async () => {
  const disk = browser().disk;
  const first: Layout = {
    name: BLOBS.name,
    version: 1,
    upgrade: (database) => database.createObjectStore('blobs', { keyPath: 'sha256' }).createIndex('waiting', 'waiting'),
  };
  const before = await open(disk, first);
  const kept = [
    { sha256: 'a', bytes: new Uint8Array([1, 2, 3]), type: 'image/png', waiting: 1, exported: false, problem: null },
    { sha256: 'b', bytes: new Uint8Array([4]), type: 'text/plain', exported: true, problem: null },
  ];
  await transact(before, ['blobs'], 'readwrite', async (transaction) => {
    for (const row of kept) transaction.objectStore('blobs').put(row);
  });
  before.close();
  const blobs = await open(disk, BLOBS);
  expect(await waitingBlobs(blobs)).toEqual([
    { sha256: 'a', size: 3, type: 'image/png', waiting: 1, exported: false, problem: null },
  ]);
  const bytes = async (name: string) =>
    new Uint8Array(await ((await readBlob(blobs, name)) ?? new Blob()).arrayBuffer());
  expect([...(await bytes('a')), ...(await bytes('b'))]).toEqual([1, 2, 3, 4]);
  blobs.close();
});

test('a file that the office has is let go of after its time, and never one that waits', async () => {
  const at = browser();
  const blobs = await open(at.disk, BLOBS);
  const [sent, old, waiting] = await Promise.all(
    ['sent', 'old', 'waiting'].map((text) => keepBlob(blobs, new Blob([text]))),
  );
  await deliver(blobs, sent ?? '', 1_000, 'epoch-one');
  await deliver(blobs, old ?? '', 999, 'epoch-one');
  await forgetDelivered(blobs, 1_000);
  expect(await keptAmong(blobs, [sent ?? '', old ?? '', waiting ?? ''])).toEqual([sent, waiting]);
  expect(await readBlob(blobs, old ?? '')).toBeNull();
  blobs.close();
});

test('what an office of another epoch had waits again, once, and is not let go of meanwhile', async () => {
  const at = browser();
  const blobs = await open(at.disk, BLOBS);
  const [before, now] = await Promise.all(['before', 'now'].map((text) => keepBlob(blobs, new Blob([text]))));
  await deliver(blobs, before ?? '', 1, 'epoch-one');
  await deliver(blobs, now ?? '', 1, 'epoch-two');
  expect(await sendAgain(blobs, 'epoch-two')).toBe(true);
  expect((await waitingBlobs(blobs)).map(({ sha256 }) => sha256)).toEqual([before]);
  expect(await sendAgain(blobs, 'epoch-two')).toBe(false);
  await forgetDelivered(blobs, 1_000);
  expect(await keptAmong(blobs, [before ?? '', now ?? ''])).toEqual([before]);
  blobs.close();
});

test('a file is dropped only while nothing names it', async () => {
  const { store } = await readyTab();
  const loose = await store.blobs.keep(new Blob(['loose']));
  await store.blobs.drop(loose);
  expect(await store.blobs.read(loose)).toBeNull();
  const image_sha256 = await store.blobs.keep(new Blob(['named']));
  await store.capture([{ kind: 'photo', id: 'photo-1', fields: { image_sha256 } }], LABEL);
  await store.blobs.drop(image_sha256);
  expect(await store.blobs.read(image_sha256)).not.toBeNull();
});

test('P6 receipts are handed over with the chain, the entries as they were sent, and their stamps', async () => {
  const { store } = await readyTab();
  expect(await store.receipts()).toEqual({ entries: 0, newestAt: null });
  await store.capture(fault('不冷'), LABEL);
  await acknowledge(store, 1);
  await store.capture([...fault('漏水'), ...fault('結冰')], LABEL);
  await acknowledge(store, 2);
  await store.capture(fault('還沒送'), LABEL);
  expect(await store.receipts()).toEqual({ entries: 3, newestAt: START });
  const taken: Blob[] = [];
  await store.exportReceipts(async (file) => void taken.push(file));
  const lines = (await new Blob(taken).text()).trimEnd().split('\n');
  const [head, chain, ...rest] = lines.map((line) => JSON.parse(line));
  expect(head).toEqual({ format: 'fieldproof-receipts-1', company: 'company-one', user: 'technician-one', at: START });
  expect(chain).toEqual({ actor: actorRecord('actor-one'), first: 1, prev: genesis(actorRecord('actor-one')) });
  expect(rest.map(({ seq, stamp }) => [seq, stamp?.[1] ?? null])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, null],
    [undefined, null],
    [undefined, null],
  ]);
  expect(JSON.parse(rest[1].text)[6]).toEqual({ fault: '漏水' });
  expect(rest.slice(4).map(({ receipt }) => [receipt.first, receipt.seq])).toEqual([
    [1, 1],
    [2, 3],
  ]);
});

test('P6 a receipt for a stretch that was stamped anew stands for the ones before it', async () => {
  const { store } = await readyTab();
  await store.capture(fault('不冷'), LABEL);
  await acknowledge(store, 1);
  await store.capture(fault('漏水'), LABEL);
  await acknowledge(store, 2);
  const { outbox } = store.device;
  const offered = await outbox.nextOffer('actor-one', 0);
  const [one] = offered?.receipts ?? [];
  if (!offered || !one) throw new Error('nothing to offer');
  const receipt = { ...one, first: 1, seq: 2, at: START + 1 };
  const reply = { acked_seq: 2, head: '', epoch: one.epoch, stamps: offered.stamps, results: [], mark: 'm', receipt };
  await outbox.acknowledge('actor-one', offered, reply);
  expect(await store.receipts()).toEqual({ entries: 2, newestAt: START + 1 });
});
