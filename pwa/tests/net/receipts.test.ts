// @vitest-environment node
import { expect, test } from 'vitest';
import type { PushReply, Receipt, Stamp } from '../../src/wire/protocol.ts';
import { onDisk } from '../store/disk.ts';
import { known, until } from '../store/world.ts';
import { atRest, captureFault, faultsReceived, inStep, technician } from './device.ts';
import type { FakeOffice } from './office.ts';

/** Lets the office's next answer to a push say something else. */
function misleadOnce(office: FakeOffice, change: (reply: PushReply) => Partial<PushReply>): void {
  let once = true;
  office.after = async (path, response) => {
    if (!once || !path.endsWith('/push')) return response;
    once = false;
    const reply: PushReply = await response.json();
    return Response.json({ ...reply, ...change(reply) });
  };
}

const stampsOn = async (disk: IDBFactory) => (await onDisk(disk)).stamps.map(({ stamp }) => stamp);

const FALSE_RECEIPTS: Readonly<Record<string, Partial<Receipt>>> = {
  'another chain': { actor: 'actor-of-another' },
  'another stretch': { first: 2 },
  'another end': { seq: 2 },
  'other bytes': { head: '0'.repeat(64) },
  'other stamps': { stamps: '0'.repeat(64) },
  'another time': { at: 5 },
  'another signature': { signature: 'A'.repeat(86) },
  'no signature': { signature: 'A' },
};

test.each(Object.entries(FALSE_RECEIPTS))('P6 a receipt for %s acknowledges nothing', async (_, change) => {
  const { office, phone, disk } = await technician();
  misleadOnce(office, ({ receipt }) => ({ receipt: { ...receipt, ...change } }));
  await captureFault(phone, '不冷');
  expect(await atRest(phone.client)).toMatchObject({ state: 'waiting', problem: null });
  expect((await known(phone.store.outbox)).unsent).toBe(1);
  phone.client.sync();
  await inStep(phone.client);
  expect(faultsReceived(office)).toEqual(['不冷']);
  expect(await stampsOn(disk)).toHaveLength(1);
});

test('P6 stamps that the receipt does not speak of are not kept', async () => {
  const { office, phone, disk } = await technician();
  misleadOnce(office, ({ stamps }) => ({ stamps: stamps.map(([epoch, , ...rest]): Stamp => [epoch, 99, ...rest]) }));
  await captureFault(phone, '不冷');
  expect((await atRest(phone.client)).state).toBe('waiting');
  expect(await stampsOn(disk)).toEqual([]);
});

async function healed(prepare: (at: Awaited<ReturnType<typeof technician>>) => Promise<void> | void) {
  const at = await technician();
  const backup = at.office.backup();
  for (const fault of ['一', '二']) {
    await captureFault(at.phone, fault);
    await inStep(at.phone.client);
  }
  await prepare(at);
  at.office.restore(backup);
  at.phone.client.sync();
  await inStep(at.phone.client);
  expect(faultsReceived(at.office)).toEqual(['一', '二']);
  return at;
}

test('H1 an office with another key stamps anew what it is offered, and the phone keeps those stamps', async () => {
  const { office, phone, disk, ambient } = await healed(({ office: other, ambient: clock }) => {
    clock.time += 60_000;
    other.receiptKeys = crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  });
  const stamps = await stampsOn(disk);
  expect(stamps.map(([epoch]) => epoch)).toEqual([office.log.epoch, office.log.epoch]);
  expect(stamps.map(([, , at]) => at)).toEqual([ambient.time, ambient.time]);
  office.restore({ ...office.backup(), actors: new Map(), incarnations: {} });
  phone.client.sync();
  await inStep(phone.client);
  expect(await stampsOn(disk)).toEqual(stamps);
});

test('H1 several receipts prove an offer that goes in one request', async () => {
  const { office } = await healed(() => {});
  expect(office.requests.filter((request) => request.endsWith('/offer'))).toHaveLength(1);
});

test('H1 what is told again is no news: it keeps its time, and what was read stays read', async () => {
  const { office, phone, disk, ambient } = await technician();
  const backup = office.backup();
  office.held.set('service_visit', 'operation.right');
  await captureFault(phone, '一');
  const view = await until(phone.store.outbox, (now) => now?.attention === 1);
  await phone.store.dismiss(view?.items[0]?.id ?? '');
  const before = (await onDisk(disk)).stamps;
  ambient.time += 86_400_000;
  office.restore(backup);
  phone.client.sync();
  await until(phone.client.status, ({ contactAt, state }) => contactAt === ambient.time && state === 'idle');
  expect(office.requests.filter((request) => request.endsWith('/offer'))).toHaveLength(1);
  expect((await onDisk(disk)).stamps).toEqual(before);
});

test('H1 what is held only now is news to whoever wrote it', async () => {
  const { office, phone } = await technician();
  const backup = office.backup();
  await captureFault(phone, '一');
  await inStep(phone.client);
  office.receiptKeys = crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  office.held.set('service_visit', 'operation.right');
  office.restore(backup);
  phone.client.sync();
  expect((await until(phone.store.outbox, (now) => now?.attention === 1))?.items).toHaveLength(1);
});
