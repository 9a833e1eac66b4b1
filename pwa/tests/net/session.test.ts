// @vitest-environment node
import { expect, test } from 'vitest';
import { Refused, Unreachable } from '../../src/net/index.ts';
import type { DeviceKey } from '../../src/net/ports.ts';
import { onDisk } from '../store/disk.ts';
import { exported, known, until } from '../store/world.ts';
import { atRest, captureFault, deviceOf, faultsReceived, inStep, technician } from './device.ts';

test('a session that expired never blocks capturing, only sending', async () => {
  const { office, phone } = await technician();
  office.session = null;
  await captureFault(phone, '不冷');
  expect(await atRest(phone.client)).toMatchObject({ state: 'sign_in', problem: 'session.missing' });
  await captureFault(phone, '漏水');
  expect(await known(phone.store.document('service_visit', 'visit-0001'))).toMatchObject({
    fields: { fault: '漏水' },
    unsent: 2,
  });
  expect(faultsReceived(office)).toEqual([]);
  expect(await phone.client.session.signIn('technician-one', 'secret')).toBe('ready');
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  expect(faultsReceived(office)).toEqual(['不冷', '漏水']);
});

test('who is signed in is known without the office', async () => {
  const { office, phone, tab } = await technician();
  await phone.kill();
  office.before = () => {
    throw new TypeError('no network');
  };
  const again = await tab();
  expect(again.client.session.me.get()).toMatchObject({
    user: 'technician-one',
    name: '陳志明',
    device: 'device-1',
    place: 'field',
  });
});

test('V5 signing out with unsent work is refused until it is sent or exported', async () => {
  const { office, phone } = await technician((one) => one.write('customer', 'customer-1', { name: '王小明' }));
  const customers = phone.store.documents('customer');
  await known(customers);
  office.before = (path) => {
    if (path.endsWith('/push')) throw new TypeError('no network');
  };
  await captureFault(phone, '不冷');
  await atRest(phone.client);
  expect(await phone.client.session.signOut()).toBe('unsent');
  expect(office.session).not.toBeNull();
  await exported(phone.store);
  expect(await phone.client.session.signOut()).toBe('done');
  expect(office.session).toBeNull();
  expect(phone.client.session.me.get()).toBeNull();
  await until(customers, (docs) => docs?.length === 0);
  office.before = () => {};
  await phone.client.session.signIn('technician-one', 'secret');
  await until(phone.store.outbox, () => faultsReceived(office).length === 1);
});

test('what arrives for somebody who has signed out meanwhile is not shown to the next', async () => {
  const { office, phone } = await technician();
  const customers = phone.store.documents('customer');
  await known(customers);
  office.write('customer', 'customer-1', { name: '王小明' });
  office.after = async (path, response) => {
    if (path.endsWith('/pull')) {
      office.after = (_, other) => other;
      await phone.client.session.signOut();
    }
    return response;
  };
  phone.poke();
  expect((await atRest(phone.client)).state).toBe('sign_in');
  expect(customers.get()).toEqual([]);
  expect(await phone.store.device.rows.pullFrom()).toEqual({ cursor: null, epochs: null, ready: null });
});

test('signing out keeps every file: an office that is restored may have lost those that it had', async () => {
  const { phone } = await technician();
  const [sent, slip] = [
    await phone.store.blobs.keep(new Blob(['s1.sent'])),
    await phone.store.blobs.keep(new Blob(['s1.slip'])),
  ];
  await phone.store.device.blobs.deliver(sent, 'epoch-one');
  expect(await phone.client.session.signOut()).toBe('done');
  const texts = await Promise.all([sent, slip].map(async (name) => (await phone.store.blobs.read(name))?.text()));
  expect(texts).toEqual(['s1.sent', 's1.slip']);
});

test('signing out needs the office: nobody is left signed in without knowing it', async () => {
  const { office, phone } = await technician();
  office.before = () => {
    throw new TypeError('no network');
  };
  await expect(phone.client.session.signOut()).rejects.toThrow(Unreachable);
  expect(phone.client.session.me.get()).not.toBeNull();
});

test('an app that the office does not speak with any more waits for its update', async () => {
  const { office, phone } = await technician();
  office.outdated = true;
  phone.client.sync();
  expect(await atRest(phone.client)).toMatchObject({ state: 'outdated', problem: 'sync.protocol' });
  await captureFault(phone, '不冷');
  phone.look();
  expect(phone.client.status.get().state).toBe('outdated');
});

test('A4 a device whose key is not the enrolled one is not taken, and asks to be enrolled anew', async () => {
  const { office, phone } = await technician();
  const key = await phone.store.device.person.key('company-one', 'technician-one');
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  if (key) await phone.store.device.person.keepKey({ ...key, keys });
  await captureFault(phone, '不冷');
  expect(await atRest(phone.client)).toMatchObject({ state: 'sign_in', problem: 'device.signature' });
  office.session = null;
  expect(await phone.client.session.signIn('technician-one', 'secret')).toBe('enrol');
  await phone.client.session.enrol('Pixel', 'field');
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  expect(faultsReceived(office)).toEqual(['不冷']);
});

test('the private half of the key never leaves the browser', async () => {
  const { phone } = await technician();
  const key = await phone.store.device.person.key('company-one', 'technician-one');
  expect(key?.keys.privateKey.extractable).toBe(false);
});

test('N3 a signature is signed without the office, over bytes in NFC only', async () => {
  const { office, phone } = await technician();
  office.before = () => {
    throw new TypeError('no network');
  };
  expect(await phone.client.sign('signature-1', { content: '{"a":"\u00e9"}', visit: 'visit-0001' })).toMatch(
    /^[\w-]{86}$/,
  );
  await expect(phone.client.sign('signature-1', { content: '{"a":"e\u0301"}' })).rejects.toThrow(RangeError);
});

test('a command is refused with its code, or not heard at all; both are told apart', async () => {
  const { office, phone } = await technician();
  const refused = phone.client.ask('POST', '/nowhere', {});
  await expect(refused).rejects.toThrow(new Refused('request.not_found', {}));
  office.before = () => {
    throw new TypeError('no network');
  };
  await expect(phone.client.ask('POST', '/nowhere')).rejects.toThrow(Unreachable);
  office.before = () => {};
  await inStep(phone.client);
});

test('a command of somebody who never signed in is heard at once: a company is founded, a password is set', async () => {
  const phone = await deviceOf(async (path) => {
    if (path !== '/api/start/demo') throw new TypeError('no network');
    return new Response(null, { status: 204 });
  }).tab();
  await until(phone.client.status, ({ state, first }) => state === 'sign_in' && first);
  expect(await phone.client.ask('POST', '/api/start/demo', {})).toBeNull();
});

test('P8 a browser that cleared everything tells the office of which device it was, and the person', async () => {
  const { office, phone } = await technician();
  await phone.kill();
  const emptied = deviceOf(office.fetch);
  const fresh = await emptied.tab();
  await until(fresh.client.session.emptied, (told) => told);
  expect(office.emptied).toEqual(['device-1']);
  await fresh.client.session.signIn('technician-one', 'secret');
  await fresh.client.session.enrol('Pixel', 'field');
  await inStep(fresh.client);
  expect(office.emptied).toEqual(['device-1']);
});

test('P8 what was cleared while the office could not be reached is told at the next sign-in', async () => {
  const { office, phone } = await technician();
  await phone.kill();
  office.before = () => {
    throw new TypeError('no network');
  };
  const fresh = await deviceOf(office.fetch).tab();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(office.emptied).toEqual([]);
  office.before = () => {};
  await fresh.client.session.signIn('technician-one', 'secret');
  expect([office.emptied, fresh.client.session.emptied.get()]).toEqual([['device-1'], true]);
});

test('a browser that keeps its device, or never was one, says nothing of the kind', async () => {
  const { office, phone, tab } = await technician();
  await phone.kill();
  const again = await tab();
  await inStep(again.client);
  await again.client.session.renew();
  expect(await again.client.session.signOut()).toBe('done');
  await again.client.session.signIn('technician-one', 'secret');
  expect([office.emptied, again.client.session.emptied.get()]).toEqual([[], false]);
});

test('H1 a device whose enrolment a restore lost is enrolled under its id and brings back what it wrote', async () => {
  const { office, phone } = await technician();
  const backup = office.backup();
  await captureFault(phone, '不冷');
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  office.restore(backup);
  office.forgetDevices();
  phone.client.sync();
  await atRest(phone.client);
  expect(await phone.client.session.signIn('technician-one', 'secret')).toBe('enrol');
  await phone.client.session.enrol('Pixel', 'office');
  expect(phone.client.session.me.get()).toMatchObject({ device: 'device-1', place: 'field' });
  await inStep(phone.client);
  expect(faultsReceived(office)).toEqual(['不冷']);
});

test('P8 a browser that was enrolled anew names the chain whose unsent work it took over', async () => {
  const { office, phone, disk } = await technician();
  await captureFault(phone, '不冷');
  await inStep(phone.client);
  office.before = () => {
    throw new TypeError('no network');
  };
  await captureFault(phone, '漏水');
  await atRest(phone.client);
  office.before = () => {};
  const [left] = (await onDisk(disk)).actors;
  office.forgetDevices();
  await phone.client.session.signIn('technician-one', 'secret');
  const { person } = phone.store.device;
  await person.keepKey({ ...((await person.key('company-one', 'technician-one')) as DeviceKey), device: 'device-9' });
  await phone.client.session.enrol('Pixel', 'field');
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  expect([...office.tookOver]).toEqual([left?.record.actor]);
});
