// @vitest-environment node
import { expect, test } from 'vitest';
import { valuesOf } from '../../src/net/lines.ts';
import { known, until } from '../store/world.ts';
import { atRest, captureFault, inStep, technician } from './device.ts';
import type { FakeOffice } from './office.ts';

const CUSTOMERS = 23;

/** An office whose pulls come in pages of ten, with a place to go on from after every three. */
function withCustomers(office: FakeOffice) {
  for (let n = 10; n < 10 + CUSTOMERS; n += 1) office.write('customer', `customer-${n}`, { name: `${n}` });
  office.pageSize = 10;
  office.resumeEvery = 3;
}

/** Cuts every pull behind so many of its lines. */
function cutBehind(office: FakeOffice, lines: number) {
  office.after = async (path, response) => {
    if (!path.endsWith('/pull')) return response;
    const text = await response.text();
    return new Response(text.split('\n').slice(0, lines).join('\n'));
  };
}

test('L1 a pull goes through all pages', async () => {
  const { phone } = await technician(withCustomers);
  expect(await known(phone.store.documents('customer'))).toHaveLength(CUSTOMERS);
  expect(phone.client.status.get()).toMatchObject({ first: false, received: 0, problem: null });
});

test.each([0, 1, 2, 5, 6, 9, 13])(
  'L2 a pull that is cut behind line %i shows nothing, and the next goes on',
  async (lines) => {
    const { office, phone } = await technician();
    const customers = phone.store.documents('customer');
    await known(customers);
    const sizes = new Set<number>();
    customers.subscribe((docs) => docs && sizes.add(docs.length));
    withCustomers(office);
    cutBehind(office, lines);
    phone.poke();
    expect((await atRest(phone.client)).state).toBe('waiting');
    office.after = (_, response) => response;
    phone.client.sync();
    await inStep(phone.client);
    await until(customers, (docs) => docs?.length === CUSTOMERS);
    expect([...sizes]).toEqual([0, CUSTOMERS]);
  },
);

test('L2 what was staged before a cut is not fetched again', async () => {
  const { office, phone } = await technician();
  withCustomers(office);
  let puts = 0;
  const count = async (path: string, response: Response) => {
    if (path.endsWith('/pull')) puts += (await response.clone().text()).split('["put"').length - 1;
    return response;
  };
  cutBehind(office, 9);
  phone.poke();
  await atRest(phone.client);
  office.after = count;
  phone.client.sync();
  await inStep(phone.client);
  expect(puts).toBe(CUSTOMERS - 6);
});

test('F6 rows that still do not add up are pulled again from nought; pending work is untouched', async () => {
  const { office, phone } = await technician(withCustomers);
  const customers = phone.store.documents('customer');
  await known(customers);
  office.before = (path) => {
    if (path.endsWith('/push')) throw new TypeError('no network');
  };
  await captureFault(phone, '不冷');
  await atRest(phone.client);
  office.before = () => {};
  office.wrongDigests = 2;
  const pulls = office.requests.length;
  phone.client.sync();
  await inStep(phone.client);
  expect(office.requests.slice(pulls).filter((one) => one.endsWith('/pull'))).toHaveLength(5);
  expect(await known(phone.store.document('service_visit', 'visit-0001'))).toMatchObject({ fields: { fault: '不冷' } });
  expect(customers.get()).toHaveLength(CUSTOMERS);
});

test('L1 a cursor that the office does not know begins again at nought', async () => {
  const { office, phone } = await technician();
  withCustomers(office);
  await phone.store.device.rows.show({ epoch: 'epoch-one', lineage: [], replace: false }, [], 'rubbish', {});
  phone.poke();
  await inStep(phone.client);
  expect(await known(phone.store.documents('customer'))).toHaveLength(CUSTOMERS);
});

test('a line that only a newer office knows is passed over, a broken one is a cut', async () => {
  const { office, phone } = await technician();
  withCustomers(office);
  let extra = '["weather","rain"]\n';
  office.after = async (path, response) => {
    if (!path.endsWith('/pull')) return response;
    const [header = '', ...lines] = (await response.text()).split('\n');
    return new Response([header, '\n', extra, lines.join('\n')].join(''));
  };
  phone.poke();
  await inStep(phone.client);
  expect(await known(phone.store.documents('customer'))).toHaveLength(CUSTOMERS);
  extra = '["put","customer",7]\n';
  phone.poke();
  expect((await atRest(phone.client)).state).toBe('waiting');
});

test("a hotel's sign-in page is no office", async () => {
  const { office, phone } = await technician();
  office.after = () => new Response('<html>Wi-Fi</html>', { headers: { 'content-type': 'text/html' } });
  await captureFault(phone, '不冷');
  expect(await atRest(phone.client)).toMatchObject({ state: 'waiting', problem: null });
  office.after = () => new Response('bad gateway', { status: 502 });
  phone.client.sync();
  expect(await atRest(phone.client)).toMatchObject({ state: 'waiting', problem: null });
});

test('lines are put together however the bytes were cut', async () => {
  const bytes = new TextEncoder().encode('["一",1]\n["𠮷",2]\n["三",3]');
  for (let size = 1; size <= bytes.length; size += 1) {
    const body = new ReadableStream({ start: (stream) => enqueue(stream, bytes, size) });
    const values: unknown[] = [];
    for await (const value of valuesOf(new Response(body))) values.push(value);
    expect(values).toEqual([
      ['一', 1],
      ['𠮷', 2],
      ['三', 3],
    ]);
  }
});

function enqueue(stream: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) stream.enqueue(bytes.slice(at, at + size));
  stream.close();
}
