// @vitest-environment node
import { expect, test } from 'vitest';
import { until } from '../store/world.ts';
import { atRest, captureFault, faultsReceived, technician } from './device.ts';

/** A phone that captured something while it had no network, and was revoked meanwhile. */
async function stopped() {
  const at = await technician((office) => office.write('customer', 'customer-1', { name: '王小明' }));
  at.office.before = () => {
    throw new TypeError('no network');
  };
  const strokes = await at.phone.store.blobs.keep(new Blob(['s1.AAEC']));
  await captureFault(at.phone, '不冷');
  await at.phone.store.capture([{ kind: 'signature', id: 'a'.repeat(40), fields: { strokes_sha256: strokes } }], {
    about: 'visit-0001',
    what: 'visit.sign',
    who: '陳美惠',
  });
  await atRest(at.phone.client);
  at.office.revoked = true;
  return { ...at, strokes };
}

/** The network is back. */
function back({ office, phone }: Pick<Awaited<ReturnType<typeof stopped>>, 'office' | 'phone'>): void {
  office.before = () => {};
  phone.look();
}

test('Q4 a revoked phone hands in what it had, files too, and then forgets everything', async () => {
  const at = await stopped();
  const { phone, office, strokes } = at;
  back(at);
  await until(phone.client.session.me, (me) => me === null);
  expect(faultsReceived(office)).toEqual(['不冷']);
  expect([...office.blobs.keys()]).toEqual([strokes]);
  expect(phone.client.session.wiped.get()).toMatchObject({ user: 'technician-one', name: '陳志明' });
  expect(await until(phone.store.documents('customer'), (docs) => docs?.length === 0)).toEqual([]);
  expect(await phone.store.blobs.read(strokes)).toBeNull();
  expect(await phone.store.device.person.key('company-one', 'technician-one')).toBeNull();
  expect((await atRest(phone.client)).state).toBe('sign_in');
});

test('Q3 nothing is wiped before everything was acknowledged, however often the answer is lost', async () => {
  const at = await stopped();
  const { phone, office } = at;
  let lost = 4;
  office.after = (path, response) => {
    if (path.includes('quarantine') && lost > 0) {
      lost -= 1;
      throw new TypeError('answer lost');
    }
    return response;
  };
  back(at);
  await atRest(phone.client);
  expect((await until(phone.store.outbox, (outbox) => outbox !== undefined))?.unsent).toBeGreaterThan(0);
  while (phone.client.session.me.get() !== null) {
    phone.client.sync();
    await atRest(phone.client);
  }
  expect(lost).toBe(0);
  expect(faultsReceived(office)).toEqual(['不冷']);
});

test('Q4 a phone with nothing to send is wiped at once', async () => {
  const { phone, office } = await technician();
  office.revoked = true;
  phone.client.sync();
  await until(phone.client.session.me, (me) => me === null);
  expect(office.requests.filter((request) => request.includes('quarantine/push'))).toEqual([]);
});

test('Q1 a session that only expired asks once at the door, and its work waits', async () => {
  const { phone, office } = await technician();
  office.session = null;
  await captureFault(phone, '不冷');
  expect(await atRest(phone.client)).toMatchObject({ state: 'sign_in', problem: 'session.missing' });
  expect(office.requests.filter((request) => request.includes('quarantine'))).toHaveLength(1);
  expect((await until(phone.store.outbox, (outbox) => outbox?.unsent === 1))?.unsent).toBe(1);
});

test('a session that a restore lost is told with the time of the restore, until the office is met again', async () => {
  const { phone, office } = await technician();
  office.session = null;
  office.putBack = { epoch: 'epoch-of-another', restored_at: 1_795_579_200_000 };
  await captureFault(phone, '不冷');
  expect(await atRest(phone.client)).toMatchObject({ state: 'sign_in', restoredAt: 1_795_579_200_000 });
  await phone.client.session.signIn('technician-one', 'secret');
  await until(phone.store.outbox, (outbox) => outbox?.unsent === 0);
  expect(phone.client.status.get().restoredAt).toBeNull();
});

test('a session that ended in an epoch which this device has met is not blamed on the restore', async () => {
  const { phone, office } = await technician();
  office.session = null;
  office.putBack = { epoch: office.log.epoch, restored_at: 1_795_579_200_000 };
  await captureFault(phone, '不冷');
  expect(await atRest(phone.client)).toMatchObject({ state: 'sign_in', restoredAt: null });
});

test('Q1 whose account was closed hands in his work without a session', async () => {
  const at = await stopped();
  at.office.session = null;
  back(at);
  await until(at.phone.client.session.me, (me) => me === null);
  expect(faultsReceived(at.office)).toEqual(['不冷']);
});

test('Q3 what was captured after the end stays until it is exported, and only then may be wiped', async () => {
  const at = await stopped();
  const { phone, office } = at;
  office.quarantineOver = true;
  back(at);
  expect(await atRest(phone.client)).toMatchObject({ state: 'revoked', problem: 'device.quarantine_over' });
  expect(await phone.client.session.wipe()).toBe('unsent');
  await phone.store.exportFile(async () => {});
  expect(await phone.client.session.wipe()).toBe('done');
  expect(phone.client.session.me.get()).toBeNull();
});

test('Q4 a phone that is revoked after a restore hands in the files that the office lost, before it forgets them', async () => {
  const { office, phone } = await technician();
  const backup = office.backup();
  const strokes = await phone.store.blobs.keep(new Blob(['s1.AAEC']));
  await phone.store.capture([{ kind: 'signature', id: 'a'.repeat(40), fields: { strokes_sha256: strokes } }], {
    about: 'visit-0001',
    what: 'visit.sign',
    who: '陳美惠',
  });
  await until(phone.store.outbox, (view) => view?.items[0]?.state === 'delivered');
  office.restore(backup);
  office.blobs.clear();
  office.revoked = true;
  phone.client.sync();
  await until(phone.client.session.me, (me) => me === null);
  expect([...office.blobs.keys()]).toEqual([strokes]);
});
