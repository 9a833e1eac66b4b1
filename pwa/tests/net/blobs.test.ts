// @vitest-environment node
import { expect, test } from 'vitest';
import { until } from '../store/world.ts';
import { atRest, captureFault, faultsReceived, inStep, type Tab, technician } from './device.ts';

async function sign(phone: Tab, visit: string) {
  const strokes_sha256 = await phone.store.blobs.keep(new Blob([`s1.${visit}`], { type: 'text/plain' }));
  const image_sha256 = await phone.store.blobs.keep(new Blob([`png ${visit}`], { type: 'image/png' }));
  const fields = { visit, strokes_sha256, image_sha256 };
  await phone.store.capture([{ kind: 'signature', id: `sign-${visit}`, fields }], {
    about: visit,
    what: 'signed',
    who: '陳美惠',
  });
  return [strokes_sha256, image_sha256].toSorted();
}

test('records go first, then the files that they name, and only then it counts as delivered', async () => {
  const { office, phone } = await technician();
  const since = office.requests.length;
  const names = await sign(phone, 'visit-0001');
  await until(phone.store.outbox, (view) => view?.items[0]?.state === 'delivered');
  expect([...office.blobs.keys()].toSorted()).toEqual(names);
  const order = office.requests.slice(since).map((one) => one.split('/')[one.includes('blobs') ? 1 : 3]);
  expect(order).toEqual(['push', 'pull', 'blobs', 'blobs']);
});

test('a file whose answer is lost is sent again and kept once', async () => {
  const { office, phone } = await technician();
  let lost = 0;
  office.after = (path, response) => {
    if (path.startsWith('/blobs/') && lost++ === 0) throw new TypeError('the network died');
    return response;
  };
  await sign(phone, 'visit-0001');
  expect((await atRest(phone.client)).state).toBe('waiting');
  phone.client.sync();
  await inStep(phone.client);
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  expect(office.blobs.size).toBe(2);
});

test('a file that the office will not take stands in nobody’s way', async () => {
  const { office, phone } = await technician();
  const [refused = ''] = await sign(phone, 'visit-0001');
  await inStep(phone.client);
  office.blobs.clear();
  office.after = (path, response) =>
    path.endsWith(refused) ? Response.json({ code: 'blob.type', facts: {} }, { status: 415 }) : response;
  const names = await sign(phone, 'visit-0002');
  await inStep(phone.client);
  expect([...office.blobs.keys()].toSorted()).toEqual(names);
});

test('a record that was captured between two files goes before the next file', async () => {
  const { office, phone } = await technician();
  let once = true;
  office.before = async (path) => {
    if (!path.startsWith('/blobs/') || !once) return;
    once = false;
    await captureFault(phone, '漏水');
  };
  const since = office.requests.length;
  await sign(phone, 'visit-0001');
  await until(phone.store.outbox, (view) => view?.unsent === 0 && view.items.length === 2);
  expect(faultsReceived(office)).toEqual(['漏水']);
  const order = office.requests.slice(since).map((one) => one.split('/')[one.includes('blobs') ? 1 : 3]);
  expect(order).toEqual(['push', 'pull', 'blobs', 'push', 'pull', 'blobs']);
});
