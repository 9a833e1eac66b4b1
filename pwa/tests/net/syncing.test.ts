// @vitest-environment node
import { expect, test, vi } from 'vitest';
import { faultsOf } from '../store/disk.ts';
import { known, until } from '../store/world.ts';
import { atRest, captureFault, deviceOf, faultsReceived, inStep, technician } from './device.ts';

const PHONE_EDIT = { about: 'customer-1', what: 'customer.phone', who: '王小明' };

test('a captured record arrives once, and the row comes back with it', async () => {
  const { office, phone } = await technician((one) => one.write('customer', 'customer-1', { name: '王小明' }));
  const customer = phone.store.document('customer', 'customer-1');
  const seen = (await known(customer))?.seen;
  await phone.store.capture(
    [{ kind: 'customer', id: 'customer-1', ...(seen && { seen }), fields: { phone: '02-2' } }],
    PHONE_EDIT,
  );
  await inStep(phone.client);
  expect(office.received).toEqual([['customer', 'customer-1', { phone: '02-2' }]]);
  const doc = await until(customer, (one) => one?.unsent === 0);
  expect(doc?.fields).toEqual({ name: '王小明', phone: '02-2' });
});

test('P3 an answer that is lost after the commit makes no duplicate', async () => {
  const { office, phone } = await technician();
  let lost = 0;
  office.after = (path, response) => {
    if (path.endsWith('/push') && lost++ === 0) throw new TypeError('the network died');
    return response;
  };
  await captureFault(phone, '不冷');
  expect((await atRest(phone.client)).state).toBe('waiting');
  expect(faultsReceived(office)).toEqual(['不冷']);
  phone.client.sync();
  await inStep(phone.client);
  expect(faultsReceived(office)).toEqual(['不冷']);
  await until(phone.store.outbox, (view) => view?.unsent === 0);
});

test('without a network everything is kept and goes at once when it is back', async () => {
  const { office, phone } = await technician();
  office.before = () => {
    throw new TypeError('no network');
  };
  await captureFault(phone, '不冷');
  expect(await atRest(phone.client)).toMatchObject({ state: 'waiting', problem: null });
  await captureFault(phone, '漏水');
  await atRest(phone.client);
  office.before = () => {};
  phone.look();
  await inStep(phone.client);
  expect(faultsReceived(office)).toEqual(['不冷', '漏水']);
});

test('what is captured during a push goes right behind it', async () => {
  const { office, phone } = await technician();
  let once = true;
  office.after = async (path, response) => {
    if (path.endsWith('/push') && once) {
      once = false;
      await captureFault(phone, '漏水');
    }
    return response;
  };
  await captureFault(phone, '不冷');
  await until(phone.store.outbox, (view) => view?.unsent === 0 && view.items[0]?.operations.length === 2);
  expect(faultsReceived(office)).toEqual(['不冷', '漏水']);
});

test('V4 two tabs: one syncs, both capture, and the other takes over when it dies', async () => {
  const { office, phone, tab } = await technician();
  const other = await tab();
  const hellos = () => office.requests.filter((one) => one.endsWith('/hello')).length;
  const before = hellos();
  await Promise.all([captureFault(phone, '一'), captureFault(other, '二'), captureFault(other, '三')]);
  await until(other.store.outbox, (view) => view?.items[0]?.state === 'delivered' && view.unsent === 0);
  expect(faultsReceived(office).toSorted()).toEqual(['一', '三', '二']);
  expect(hellos()).toBe(before);
  await phone.kill();
  await inStep(other.client);
  await captureFault(other, '四');
  await until(other.store.outbox, (view) => view?.items[0]?.operations.length === 4);
  expect(faultsReceived(office)).toHaveLength(4);
  expect(hellos()).toBe(before + 1);
});

test('P2 a long absence goes in whole groups, never more than 2,000 operations at once', async () => {
  const { office, phone, disk } = await technician();
  const counts: number[] = [];
  office.before = () => {
    throw new TypeError('no network');
  };
  for (let group = 0; group < 5; group += 1) {
    const edits = Array.from({ length: 450 }, (_, place) => `${group} ${place}`);
    await captureFault(phone, ...edits);
  }
  await atRest(phone.client);
  office.before = () => {};
  office.after = async (path, response) => {
    if (path.endsWith('/push')) counts.push(((await response.clone().json()) as { stamps: unknown[] }).stamps.length);
    return response;
  };
  phone.client.sync();
  await inStep(phone.client);
  expect(counts).toEqual([1_800, 450]);
  expect(await faultsOf(disk)).toEqual([]);
}, 20_000);

test('P5 a held operation does not block the queue', async () => {
  const { office, phone } = await technician();
  office.held.set('signature', 'operation.signature');
  const label = { about: 'visit-0001', what: 'visit.signed', who: '陳美惠' };
  await phone.store.capture([{ kind: 'signature', id: 'signature-1', fields: { signer_name: '陳美惠' } }], label);
  await captureFault(phone, '不冷');
  const view = await until(phone.store.outbox, (now) => now?.attention === 1 && now.unsent === 0);
  expect(view?.items.map(({ what, state, problem }) => [what, state, problem])).toEqual([
    ['visit.signed', 'attention', 'operation.signature'],
    ['visit.fault', 'delivered', null],
  ]);
});

test('L5 a poke brings what is new', async () => {
  const { office, phone } = await technician();
  const customers = phone.store.documents('customer');
  expect(await known(customers)).toEqual([]);
  office.write('customer', 'customer-1', { name: '王小明' });
  phone.poke();
  expect(await until(customers, (docs) => docs?.length === 1)).toMatchObject([{ fields: { name: '王小明' } }]);
});

test('F2 a document that left the scope is forgotten, and unsent work on it is kept', async () => {
  const { office, phone } = await technician((one) => {
    one.write('service_visit', 'visit-0001', { fault: '舊' });
    one.write('customer', 'customer-1', { name: '王小明' });
  });
  const [visit, customer] = [
    phone.store.document('service_visit', 'visit-0001'),
    phone.store.document('customer', 'customer-1'),
  ];
  await Promise.all([known(visit), known(customer)]);
  office.before = (path) => {
    if (path.endsWith('/push')) throw new TypeError('no network');
  };
  await captureFault(phone, '新');
  office.forget('service_visit', 'visit-0001');
  office.forget('customer', 'customer-1');
  await atRest(phone.client);
  phone.poke();
  await atRest(phone.client);
  office.before = () => {};
  phone.client.sync();
  await until(customer, (doc) => doc === null);
  await inStep(phone.client);
  expect(faultsReceived(office)).toEqual(['新']);
});

test('the difference of the clocks is measured at each contact and remembered', async () => {
  const { office, phone, ambient, tab } = await technician();
  office.ahead = 125_000;
  ambient.time += 60_000;
  phone.client.sync();
  const status = await until(phone.client.status, ({ clockOffsetMs }) => clockOffsetMs !== 0);
  expect(status).toMatchObject({ contactAt: ambient.time, clockOffsetMs: 125_000 });
  await inStep(phone.client);
  await phone.kill();
  office.before = () => {
    throw new TypeError('no network');
  };
  const again = await tab();
  expect(await until(again.client.status, ({ contactAt }) => contactAt !== null)).toMatchObject({
    clockOffsetMs: 125_000,
  });
});

test('every answer counts as a contact, and a tab that opens without a network remembers the last', async () => {
  const { office, phone, ambient, tab } = await technician();
  ambient.time += 60_000;
  phone.poke();
  await until(phone.client.status, ({ contactAt }) => contactAt === ambient.time);
  await phone.kill();
  office.before = () => {
    throw new TypeError('no network');
  };
  const again = await tab();
  await until(again.client.status, ({ contactAt }) => contactAt === ambient.time);
});

test('a device that rests says hello every quarter of an hour, however often it is poked meanwhile', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const { office, phone, ambient } = await technician();
  const hellos = () => office.requests.filter((one) => one.endsWith('/hello')).length;
  const before = hellos();
  ambient.time += 600_000;
  phone.poke();
  await until(phone.client.status, ({ contactAt, state }) => contactAt === ambient.time && state === 'idle');
  expect(hellos()).toBe(before);
  const [again] = timers.mock.calls.findLast(([, wait]) => wait === 300_000) ?? [];
  (again as () => void)();
  await until(phone.client.status, ({ state }) => state === 'hello');
  await inStep(phone.client);
  expect(hellos()).toBe(before + 1);
  timers.mockRestore();
});

test('a command is given once what was captured before it has been sent', async () => {
  const { office, phone } = await technician();
  await captureFault(phone, '漏水');
  await phone.client.ask('POST', '/api/emptied');
  expect(faultsReceived(office)).toEqual(['漏水']);
});

test('a command that cannot wait any longer for what was captured is given all the same', async () => {
  const { office, phone } = await technician();
  office.before = (path) => {
    if (path.startsWith('/sync/')) throw new TypeError('the line is slow');
  };
  await captureFault(phone, '漏水');
  expect(await phone.client.ask('POST', '/api/emptied')).toBeNull();
  expect(faultsReceived(office)).toEqual([]);
});

test('a browser that the office stops in the middle of anything sends everything once', async () => {
  const at = await technician();
  for (let dying = 0; dying < 14; dying += 1) {
    let requests = 0;
    const die = () => {
      requests += 1;
      if (requests > dying / 2) throw new TypeError('the tab died');
    };
    if (dying % 2) at.office.before = die;
    else {
      at.office.after = (_, response) => {
        die();
        return response;
      };
    }
    const tab = dying === 0 ? at.phone : await at.tab();
    await captureFault(tab, `${dying}`);
    await atRest(tab.client);
    await tab.kill();
    at.office.before = () => {};
    at.office.after = (_, response) => response;
  }
  const last = await at.tab();
  await inStep(last.client);
  expect(faultsReceived(at.office)).toEqual(Array.from({ length: 14 }, (_, place) => `${place}`));
  expect(await faultsOf(at.disk)).toEqual([]);
});

test('a browser of somebody who never enrolled asks for him to sign in', async () => {
  const phone = await deviceOf(() => Promise.reject(new TypeError('no network'))).tab();
  expect(await until(phone.client.status, ({ state }) => state === 'sign_in')).toMatchObject({
    contactAt: null,
    first: true,
  });
});

test('P7 a push says how much is left when it has arrived, and since when', async () => {
  const { office, phone, ambient } = await technician();
  office.before = () => {
    throw new TypeError('no network');
  };
  const full = Array.from({ length: 10 }, (_, place) => ({
    kind: 'signature' as const,
    id: `signature-${place}`,
    fields: { content: '冷'.repeat(32_000) },
  }));
  await phone.store.capture(full, PHONE_EDIT);
  ambient.time += 60_000;
  await captureFault(phone, ...Array.from({ length: 8 }, () => '漏'.repeat(4_000)));
  await atRest(phone.client);
  office.before = () => {};
  phone.client.sync();
  await until(phone.store.outbox, (view) => view?.unsent === 0);
  expect(office.pushes.map(({ pending, oldest_left_at }) => [pending, oldest_left_at])).toEqual([
    [18, ambient.time],
    [8, null],
  ]);
});
