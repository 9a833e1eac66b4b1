// @vitest-environment node
import { expect, test } from 'vitest';
import { BLOBS } from '../../src/store/blobs.ts';
import { answer, open, transact } from '../../src/store/idb.ts';
import { remember } from '../../src/store/kept.ts';
import { ROWS } from '../../src/store/rows_database.ts';
import { acknowledge } from './replies.ts';
import { actorRecord, known, readyTab, row, TECHNICIAN } from './world.ts';

const LABEL = { about: 'call-0001', what: 'visit.work', who: '陳美惠' };
const LEAVER = { company: TECHNICIAN.company, user: TECHNICIAN.user, name: TECHNICIAN.name, at: 7 };
const OTHER = { ...TECHNICIAN, user: 'technician-two' };
const fault = (text: string) => [{ kind: 'service_visit' as const, id: 'visit-0001', fields: { fault: text } }];

test('Q4 a wipe that a crash cut off is finished before anything is shown', async () => {
  const { store, disk, tab } = await readyTab([row('customer', 'customer-1', 1, { name: '甲' })]);
  await store.capture(fault('不冷'), LABEL);
  await acknowledge(store, 2);
  await store.drafts.keep('work:visit-0001', { seen: null, input: '不冷' });
  await store.close();
  const rows = await open(disk, ROWS);
  await remember(rows, 'wiping', LEAVER);
  rows.close();

  const reopened = await tab();
  expect(reopened.device.person.me.get()).toBeNull();
  expect(reopened.device.person.wiped.get()).toEqual(LEAVER);
  expect(await known(reopened.documents('customer'))).toEqual([]);
  await reopened.device.person.become(TECHNICIAN);
  expect(reopened.device.person.wiped.get()).toBeNull();
  expect(await reopened.device.outbox.chains()).toEqual([]);
  expect(await reopened.drafts.read('work:visit-0001')).toBeNull();
});

test('Q4 what was captured at the last moment stops the wipe', async () => {
  const { store } = await readyTab([row('customer', 'customer-1', 1, { name: '甲' })]);
  await store.capture(fault('不冷'), LABEL);
  expect(await store.device.person.wipe()).toBe(false);
  expect(store.device.person.me.get()).toEqual(TECHNICIAN);
  expect((await known(store.outbox)).unsent).toBe(1);
  expect(await known(store.documents('customer'))).toHaveLength(1);
});

test("V5 somebody else's work in the same browser survives the wipe, with its files", async () => {
  const { store, disk } = await readyTab();
  await store.device.person.become(OTHER);
  await store.device.outbox.begin({ ...actorRecord('actor-two'), user: OTHER.user }, null);
  const strokes = await store.blobs.keep(new Blob(['s1.AAEC']));
  const signature = { kind: 'signature' as const, id: 'a'.repeat(40), fields: { strokes_sha256: strokes } };
  await store.capture([signature], LABEL);
  await store.device.person.become(TECHNICIAN);
  const slip = await store.blobs.keep(new Blob(['s1.AAED']));
  expect(await store.device.person.wipe()).toBe(true);
  expect([await store.blobs.read(slip), await (await store.blobs.read(strokes))?.text()]).toEqual([null, 's1.AAEC']);
  const blobs = await open(disk, BLOBS);
  const names = await transact(blobs, ['contents'], 'readonly', (transaction) =>
    answer(transaction.objectStore('contents').getAllKeys()),
  );
  expect(names).toEqual([strokes]);
  blobs.close();
  await store.device.person.become(OTHER);
  expect(await store.device.outbox.pending()).toMatchObject({ count: 1 });
});
