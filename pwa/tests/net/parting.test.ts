// @vitest-environment node
import { expect, test, vi } from 'vitest';
import { copyDisk } from '../store/copy_disk.ts';
import { faultsOf, onDisk } from '../store/disk.ts';
import { browser, known, until } from '../store/world.ts';
import { Problem } from './answers.ts';
import { atRest, captureFault, deviceOf, faultsReceived, inStep, technician } from './device.ts';

const offline = () => {
  throw new TypeError('no network');
};

/** Captures while the office cannot be reached. */
async function captureOffline({ office, phone }: Awaited<ReturnType<typeof technician>>, ...faults: string[]) {
  office.before = offline;
  for (const fault of faults) await captureFault(phone, fault);
  await atRest(phone.client);
  office.before = () => {};
}

async function captureOnline({ phone }: Awaited<ReturnType<typeof technician>>, ...faults: string[]) {
  for (const fault of faults) {
    await captureFault(phone, fault);
    await inStep(phone.client);
  }
}

const chainsOn = async (disk: IDBFactory) =>
  (await onDisk(disk)).actors.toSorted((one, other) => one.order - other.order);

test('H1 an office that was put back to a backup gets everything again, with its stamps, once', async () => {
  const at = await technician();
  await captureOnline(at, '一');
  const backup = at.office.backup();
  await captureOnline(at, '二', '三');
  const stamps = (await onDisk(at.disk)).stamps.map(({ stamp }) => stamp);
  await captureOffline(at, '四');
  at.office.restore(backup);
  expect(faultsReceived(at.office)).toEqual(['一']);
  at.phone.client.sync();
  await until(at.phone.store.outbox, (view) => view?.unsent === 0);
  expect(faultsReceived(at.office)).toEqual(['一', '二', '三', '四']);
  const [old, now] = await chainsOn(at.disk);
  expect([old?.state, old?.last_seq, old?.problem]).toEqual(['closed', 3, null]);
  const past = { parent: old?.record.actor, parent_seq: 3, parent_head: old?.head };
  expect(now?.record).toMatchObject({ epoch: 'epoch-of-start-2', ...past });
  expect((await onDisk(at.disk)).stamps.slice(0, 3).map(({ stamp }) => stamp)).toEqual(stamps);
  expect(await faultsOf(at.disk)).toEqual([]);
});

test('Y6 of what was erased since, an office that was put back is brought the frame, on the chain that it was on', async () => {
  const at = await technician();
  const backup = at.office.backup();
  await captureOnline(at, '漏水', '又漏水');
  const sent = (await onDisk(at.disk)).operations;
  at.office.write('service_visit', sent[0]?.doc ?? '', { fault: null, erased_at: at.ambient.now() + 1 });
  at.phone.client.sync();
  await vi.waitFor(async () => expect(JSON.stringify((await onDisk(at.disk)).operations)).not.toContain('漏水'));
  at.office.restore(backup);
  at.phone.client.sync();
  await vi.waitFor(() => expect(faultsReceived(at.office)).toEqual([null, null]));
  const [old] = await chainsOn(at.disk);
  expect([old?.head, old?.problem]).toEqual([sent.at(-1)?.head, null]);
});

test('A3 what stood in a chain whose name another device has taken is written again as a new one', async () => {
  const at = await technician();
  const backup = at.office.backup();
  await captureOnline(at, '一', '二');
  const [taken] = await chainsOn(at.disk);
  at.office.restore(backup);
  at.office.before = (path, body) => {
    if (path !== '/sync/v1/hello') return;
    if (JSON.parse(String(body)).actor.actor === taken?.record.actor) throw new Problem('sync.actor');
  };
  at.phone.client.sync();
  await until(at.phone.client.status, () => faultsReceived(at.office).length === 2);
  await inStep(at.phone.client);
  expect(faultsReceived(at.office)).toEqual(['一', '二']);
  expect((await chainsOn(at.disk)).map(({ settled, problem }) => [settled, problem])).toContainEqual([
    true,
    'sync.actor',
  ]);
});

test('L3 after an epoch change rows are replaced and nobody sees what the office lost', async () => {
  const at = await technician((office) => office.write('customer', 'customer-1', { name: '王小明' }));
  const backup = at.office.backup();
  const customers = at.phone.store.documents('customer');
  await known(customers);
  at.office.write('customer', 'customer-2', { name: '林美玲' });
  at.phone.poke();
  await until(customers, (docs) => docs?.length === 2);
  at.office.restore(backup);
  at.phone.client.sync();
  expect(await until(customers, (docs) => docs?.length === 1)).toMatchObject([
    { id: 'customer-1', seen: { base: [1, 'start-2'] } },
  ]);
});

test('A3 what an office had although its answer was lost is not sent again after an epoch change', async () => {
  const at = await technician();
  at.office.after = (path, response) => {
    if (path.endsWith('/push')) offline();
    return response;
  };
  await captureFault(at.phone, '一');
  await atRest(at.phone.client);
  at.office.after = (_, response) => response;
  at.office.restore({ ...at.office.backup(), incarnations: {} });
  await captureOffline(at, '二');
  at.phone.client.sync();
  await until(at.phone.store.outbox, (view) => view?.unsent === 0);
  expect(faultsReceived(at.office)).toEqual(['一', '二']);
  const [old, now] = await chainsOn(at.disk);
  expect([old?.acked_seq, now?.record.parent_seq, now?.acked_seq]).toEqual([1, 1, 1]);
  expect((await onDisk(at.disk)).stamps).toHaveLength(2);
});

test('A3 two restores in a row: what was received without a stamp and then lost is sent again', async () => {
  const at = await technician();
  const empty = at.office.backup();
  at.office.after = (path, response) => {
    if (path.endsWith('/push')) offline();
    return response;
  };
  await captureFault(at.phone, '一');
  await atRest(at.phone.client);
  at.office.restore({ ...at.office.backup(), incarnations: {} });
  at.phone.client.sync();
  await atRest(at.phone.client);
  expect((await chainsOn(at.disk))[0]).toMatchObject({ state: 'closed', acked_seq: 0, last_seq: 1 });
  at.office.after = (_, response) => response;
  at.office.restore(empty);
  await captureOffline(at, '二');
  at.phone.client.sync();
  await inStep(at.phone.client);
  expect(faultsReceived(at.office).toSorted()).toEqual(['一', '二']);
});

test('H1 two restores: each chain is looked after in each epoch', async () => {
  const at = await technician();
  const empty = at.office.backup();
  await captureOnline(at, '一');
  at.office.restore(empty);
  at.phone.client.sync();
  await inStep(at.phone.client);
  await captureOnline(at, '二');
  at.office.restore(empty);
  at.phone.client.sync();
  await inStep(at.phone.client);
  expect(faultsReceived(at.office).toSorted()).toEqual(['一', '二']);
  expect((await chainsOn(at.disk)).map(({ state }) => state)).toEqual(['closed', 'closed', 'open']);
});

test('E3 a push that followed does not hide that what was offered before it is lost again', async () => {
  const at = await technician();
  const empty = at.office.backup();
  await captureOnline(at, '一', '二');
  at.office.restore(empty);
  let between = empty;
  at.office.before = (path) => {
    if (path === '/sync/v1/offer') between = at.office.backup();
  };
  at.office.after = (path, response) => {
    if (path === '/sync/v1/offer') at.office.restore(between);
    return response;
  };
  await captureFault(at.phone, '三');
  await until(at.phone.client.status, () => faultsReceived(at.office).includes('三'));
  await inStep(at.phone.client);
  at.office.after = (_, response) => response;
  at.phone.client.sync();
  await until(at.phone.client.status, () => faultsReceived(at.office).length === 3);
  expect(faultsReceived(at.office).toSorted()).toEqual(['一', '三', '二'].toSorted());
});

test('H1 what an office refuses to take back does not block the queue', async () => {
  const at = await technician();
  const empty = at.office.backup();
  await captureOnline(at, '一');
  at.office.restore(empty);
  at.office.after = (path, response) =>
    path.endsWith('/offer') ? Response.json({ code: 'sync.re_offer', facts: {} }, { status: 422 }) : response;
  await captureFault(at.phone, '二');
  await inStep(at.phone.client);
  expect(faultsReceived(at.office)).toContain('二');
  expect((await chainsOn(at.disk))[0]?.problem).toBe('sync.re_offer');
});

test('H1 an office that is busy while it is offered something gets it later', async () => {
  const at = await technician();
  const empty = at.office.backup();
  await captureOnline(at, '一');
  at.office.restore(empty);
  let busy = 1;
  at.office.before = (path) => {
    if (path.endsWith('/offer') && busy-- > 0) throw new Problem('server.busy');
  };
  at.phone.client.sync();
  expect(await atRest(at.phone.client)).toMatchObject({ state: 'waiting', problem: 'server.busy' });
  at.phone.client.sync();
  await inStep(at.phone.client);
  expect(faultsReceived(at.office)).toEqual(['一']);
});

test('P1 a phone that was put back to a backup goes on beside what it had sent', async () => {
  const at = await technician();
  await captureOnline(at, '一', '二');
  const backup = await copyDisk(at.disk);
  await captureOnline(at, '三', '四');
  await at.phone.kill();
  const back = await deviceOf(at.office.fetch, browser(at.ambient, backup)).tab();
  await inStep(back.client);
  await captureFault(back, '五');
  await inStep(back.client);
  expect(faultsReceived(at.office)).toEqual(['一', '二', '三', '四', '五']);
  const [old, now] = await chainsOn(backup);
  expect(now?.record).toMatchObject({ parent: old?.record.actor, parent_seq: 2, epoch: 'epoch-one' });
  expect(await faultsOf(backup)).toEqual([]);
});

test.each([1, 3, 70, 200])(
  'P1 a cloned phone: both branches stay, and the last common seq is found (%i)',
  async (common) => {
    const at = await technician();
    await captureFault(at.phone, ...Array.from({ length: common }, (_, place) => `共 ${place}`));
    await inStep(at.phone.client);
    const clone = await copyDisk(at.disk);
    await captureOnline(at, '甲一', '甲二');
    await at.phone.kill();
    at.office.before = offline;
    const cloned = await deviceOf(at.office.fetch, browser(at.ambient, clone)).tab();
    for (const fault of ['乙一', '乙二', '乙三']) await captureFault(cloned, fault);
    await atRest(cloned.client);
    at.office.before = () => {};
    cloned.client.sync();
    await until(cloned.store.outbox, (view) => view?.unsent === 0);
    expect(faultsReceived(at.office).slice(common)).toEqual(['甲一', '甲二', '乙一', '乙二', '乙三']);
    const [old, now] = await chainsOn(clone);
    expect([old?.last_seq, now?.record.parent_seq, now?.last_seq]).toEqual([common, common, 3]);
  },
);

test('P3 an office that lost operations and did not notice gets them again', async () => {
  const at = await technician();
  const { actors } = at.office.log;
  await captureOnline(at, '一', '二');
  at.office.log = { ...at.office.log, actors };
  await captureFault(at.phone, '三');
  await inStep(at.phone.client);
  expect(faultsReceived(at.office)).toEqual(['一', '二', '三']);
});

test('P3 an office that parts with every push is waited out, not besieged', async () => {
  const at = await technician();
  at.office.after = (path, response) =>
    path.endsWith('/push') ? Response.json({ code: 'sync.fork', facts: {} }, { status: 409 }) : response;
  const before = at.office.requests.length;
  await captureFault(at.phone, '一');
  expect(await atRest(at.phone.client)).toMatchObject({ state: 'waiting', problem: 'sync.fork' });
  expect(at.office.requests.length - before).toBeLessThan(30);
});

test('A3 a browser that was enrolled anew takes the unsent work of the old device with it', async () => {
  const at = await technician();
  await captureOnline(at, '一');
  await captureOffline(at, '二');
  at.office.revoked = true;
  at.office.before = (path) => {
    if (path.includes('quarantine')) throw new TypeError('no network');
  };
  at.phone.client.sync();
  expect((await atRest(at.phone.client)).state).toBe('waiting');
  at.office.revoked = false;
  at.office.before = () => {};
  await at.phone.client.session.enrol('Pixel', 'field');
  await until(at.phone.store.outbox, (view) => view?.unsent === 0);
  expect(faultsReceived(at.office)).toEqual(['一', '二']);
  expect((await chainsOn(at.disk)).map(({ record }) => [record.device, record.parent])).toEqual([
    ['device-1', null],
    ['device-2', null],
  ]);
});

test('H6 after an epoch change the highest number of each series is told once', async () => {
  const at = await technician();
  const backup = at.office.backup();
  for (const number of [9, 10, 8]) {
    at.office.write('service_call', `call-${number}`, { number: `BAN-2026-${String(number).padStart(6, '0')}` });
  }
  at.office.write('service_voucher', 'asset-1', { number: 'V-BAN-000003' });
  at.office.write('service_call', 'call-odd', { number: 'no number' });
  at.phone.poke();
  await until(at.phone.store.documents('service_call'), (docs) => docs?.length === 4);
  await inStep(at.phone.client);
  expect(at.office.numbers).toEqual([]);
  at.office.restore(backup);
  at.phone.client.sync();
  await until(at.phone.store.documents('service_call'), (docs) => docs?.length === 0);
  await inStep(at.phone.client);
  expect(at.office.numbers.toSorted()).toEqual(['BAN-2026-000010', 'V-BAN-000003']);
  at.phone.client.sync();
  await inStep(at.phone.client);
  expect(at.office.numbers).toHaveLength(2);
});
