// @vitest-environment node
import { expect, test } from 'vitest';
import { UPLOAD_PART_BYTES } from '../../src/wire/limits.ts';
import { until } from '../store/world.ts';
import { atRest, captureFault, faultsReceived, inStep, type Tab, technician } from './device.ts';
import type { FakeOffice } from './office.ts';

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

const LONG = UPLOAD_PART_BYTES * 2.5;

/** Takes a photo that needs three parts. */
async function photo(phone: Tab, shade = 7) {
  const bytes = new Uint8Array(LONG).fill(shade);
  const image_sha256 = await phone.store.blobs.keep(new Blob([bytes], { type: 'image/jpeg' }));
  await phone.store.capture([{ kind: 'photo', id: `photo-${shade}`, fields: { image_sha256 } }], {
    about: 'visit-0001',
    what: 'visit.photo',
    who: '陳美惠',
  });
  return { image_sha256, bytes };
}

/** What was asked of the office: pushes, pulls, and what was done with files. */
function steps(office: FakeOffice, since: number): string[] {
  const of = office.requests.slice(since).filter((one) => !one.endsWith('/entrusted'));
  const asked = of.map((one) => one.split(/[ /]/));
  return asked.map(([method = '', , room, , step]) => (room === 'sync' ? (step ?? '') : `${method} ${room}`));
}

const parts = (office: FakeOffice, since: number) => steps(office, since).filter((one) => one === 'PATCH uploads');

test('records go first, then the files that they name, and only then it counts as delivered', async () => {
  const { office, phone } = await technician();
  const since = office.requests.length;
  const names = await sign(phone, 'visit-0001');
  await until(phone.store.outbox, (view) => view?.items[0]?.state === 'delivered');
  expect([...office.blobs.keys()].toSorted()).toEqual(names);
  const file = ['HEAD blobs', 'POST uploads', 'PATCH uploads'];
  expect(steps(office, since)).toEqual(['push', 'pull', ...file, ...file]);
});

test('a photo goes in parts, and its bytes arrive as they are', async () => {
  const { office, phone } = await technician();
  const since = office.requests.length;
  const { image_sha256, bytes } = await photo(phone);
  await until(phone.store.outbox, (view) => view?.items[0]?.state === 'delivered');
  expect(parts(office, since)).toHaveLength(3);
  expect(office.blobs.get(image_sha256)).toEqual(bytes);
  expect(office.uploads.size).toBe(0);
});

test('a file that the office has already is not sent', async () => {
  const { office, phone } = await technician();
  const { image_sha256, bytes } = await photo(phone);
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  const { office: other, phone: second } = await technician();
  other.blobs.set(image_sha256, bytes);
  const since = other.requests.length;
  await photo(second);
  await until(second.store.outbox, (view) => view?.items[0]?.state === 'delivered');
  expect(steps(other, since)).toEqual(['push', 'pull', 'HEAD blobs']);
  expect(office.blobs.size).toBe(1);
});

test('an upload whose answer is lost goes on behind what arrived', async () => {
  const { office, phone } = await technician();
  let patches = 0;
  office.after = (path, response) => {
    if (path.startsWith('/uploads/') && response.status === 204 && ++patches === 2) throw new TypeError('it died');
    return response;
  };
  const { image_sha256, bytes } = await photo(phone);
  expect((await atRest(phone.client)).state).toBe('waiting');
  expect(phone.store.outbox.get()?.files.get(image_sha256)).toBe('pending');
  const since = office.requests.length;
  phone.client.sync();
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  expect(parts(office, since)).toHaveLength(1);
  expect(office.blobs.get(image_sha256)).toEqual(bytes);
});

test('an app that was killed goes on with the upload where the office has it', async () => {
  const { office, phone, tab } = await technician();
  office.breaksAfter = 1_000;
  office.after = (path, response) => {
    if (path.startsWith('/uploads/')) throw new TypeError('it died');
    return response;
  };
  const { image_sha256, bytes } = await photo(phone);
  await atRest(phone.client);
  await phone.kill();
  office.breaksAfter = Infinity;
  office.after = (_, response) => response;
  const since = office.requests.length;
  const again = await tab();
  await until(again.store.outbox, (view) => view?.unsent === 0 && view.items.length > 0);
  expect(office.requests.slice(since).filter((one) => one === 'POST /uploads')).toEqual([]);
  expect(office.blobs.get(image_sha256)).toEqual(bytes);
});

test('an upload that the office has let go of begins anew', async () => {
  const { office, phone } = await technician();
  let once = true;
  office.after = (path, response) => {
    if (!path.startsWith('/uploads/') || !once) return response;
    once = false;
    office.uploads.clear();
    throw new TypeError('it died');
  };
  const { image_sha256, bytes } = await photo(phone);
  await atRest(phone.client);
  phone.client.sync();
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  expect(office.blobs.get(image_sha256)).toEqual(bytes);
});

test('an upload that somebody is writing to is waited for', async () => {
  const { office, phone } = await technician();
  let busy = true;
  office.after = (path, response) => {
    if (!path.startsWith('/uploads/') || !busy) return response;
    busy = false;
    return Response.json({ code: 'upload.busy', facts: {} }, { status: 423 });
  };
  const { image_sha256 } = await photo(phone);
  const status = await atRest(phone.client);
  expect([status.state, status.problem]).toEqual(['waiting', 'upload.busy']);
  phone.client.sync();
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  expect(office.blobs.has(image_sha256)).toBe(true);
});

test('a file that the office will not take stands in nobody’s way, and says why', async () => {
  const { office, phone } = await technician();
  const refusing = new Uint8Array(LONG).fill(3);
  const refused = await phone.store.blobs.keep(new Blob([refusing]));
  office.refused.set(refused, 'blob.image');
  await photo(phone, 3);
  await inStep(phone.client);
  const names = await sign(phone, 'visit-0002');
  await inStep(phone.client);
  expect([...office.blobs.keys()].toSorted()).toEqual(names);
  const view = await until(phone.store.outbox, (one) => one?.files.get(refused) === 'refused');
  expect(view?.items.find(({ what }) => what === 'visit.photo')).toMatchObject({
    state: 'pending',
    problem: 'blob.image',
  });
});

test('a record that was captured between two parts goes before the next part', async () => {
  const { office, phone } = await technician();
  let once = true;
  office.before = async (path) => {
    if (!path.startsWith('/uploads/') || !once) return;
    once = false;
    await captureFault(phone, '漏水');
  };
  const since = office.requests.length;
  const { image_sha256, bytes } = await photo(phone);
  await until(phone.store.outbox, (view) => view?.unsent === 0 && view.items.length === 2);
  expect(faultsReceived(office)).toEqual(['漏水']);
  const order = steps(office, since).filter((one) => one !== 'pull' && !one.startsWith('HEAD'));
  expect(order).toEqual(['push', 'POST uploads', 'PATCH uploads', 'push', 'PATCH uploads', 'PATCH uploads']);
  expect(office.blobs.get(image_sha256)).toEqual(bytes);
});

test('whoever is signed out sends nothing until he is back', async () => {
  const { office, phone } = await technician();
  office.before = (path) => {
    if (path.startsWith('/uploads')) office.session = null;
  };
  const { image_sha256 } = await photo(phone);
  expect((await atRest(phone.client)).state).toBe('sign_in');
  expect(await phone.store.blobs.read(image_sha256)).not.toBeNull();
  expect(office.blobs.size).toBe(0);
});

test('H1 an office that was restored gets the files again that it lost, and is asked for all once', async () => {
  const { office, phone } = await technician();
  const backup = office.backup();
  const { image_sha256: lost, bytes } = await photo(phone);
  const { image_sha256: kept } = await photo(phone, 8);
  await until(phone.store.outbox, (view) => view?.items[0]?.state === 'delivered' && view.unsent === 0);
  office.restore(backup);
  office.blobs.delete(lost);
  const since = office.requests.length;
  phone.client.sync();
  await until(phone.store.outbox, (view) => view?.files.get(lost) !== undefined);
  expect(office.blobs.get(lost) ?? null).toBeNull();
  await until(phone.store.outbox, (view) => view?.unsent === 0 && view.files.size === 0);
  expect(office.blobs.get(lost)).toEqual(bytes);
  expect(office.requests.slice(since).filter((one) => one.startsWith('HEAD'))).toHaveLength(2);
  expect(office.blobs.has(kept)).toBe(true);
  phone.client.sync();
  await inStep(phone.client);
  expect(office.requests.slice(since).filter((one) => one.startsWith('HEAD'))).toHaveLength(2);
});

test('a file that the office has lost goes again with the next start, and one that is not here is told to be gone', async () => {
  const { office, phone, tab } = await technician();
  const { image_sha256, bytes } = await photo(phone);
  await until(phone.store.outbox, (view) => view?.items[0]?.state === 'delivered');
  const missing = 'f'.repeat(64);
  office.blobs.clear();
  office.files.names = [image_sha256, missing];
  const since = office.requests.length;
  await phone.kill();
  const later = await tab();
  await until(later.store.outbox, () => office.blobs.has(image_sha256));
  await inStep(later.client);
  expect(office.blobs.get(image_sha256)).toEqual(bytes);
  expect(office.files.gone).toEqual([missing]);
  expect(office.requests.slice(since).filter((one) => one.endsWith('/files/wanted'))).toHaveLength(1);
});

test('an office of before is not asked in vain: what was captured arrives', async () => {
  const { office, phone } = await technician();
  office.files.names = null;
  const { image_sha256 } = await photo(phone);
  await until(phone.store.outbox, (view) => view?.items[0]?.state === 'delivered');
  expect(office.blobs.has(image_sha256)).toBe(true);
});
