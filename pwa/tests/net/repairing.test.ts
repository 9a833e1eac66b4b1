// @vitest-environment node
import { expect, test } from 'vitest';
import type { PullForget, PullPut } from '../../src/wire/protocol.ts';
import { known, until } from '../store/world.ts';
import { captureFault, inStep, technician } from './device.ts';
import type { FakeOffice } from './office.ts';

const CUSTOMERS = 12;
type Technician = Awaited<ReturnType<typeof technician>>;

function withCustomers(office: FakeOffice) {
  for (let n = 10; n < 10 + CUSTOMERS; n += 1) office.write('customer', `customer-${n}`, { name: `${n}` });
}

/** A phone in step, on whose disk some rows then become others than the office has. */
async function damaged(...lines: (PullPut | PullForget)[]) {
  const device = await technician(withCustomers);
  await rot(device, ...lines);
  return device;
}

async function rot({ phone }: Pick<Technician, 'phone'>, ...lines: (PullPut | PullForget)[]) {
  const { rows } = phone.store.device;
  const { cursor } = await rows.pullFrom();
  await rows.show({ epoch: 'epoch-one', lineage: [], replace: false }, lines, cursor ?? '', {});
}

const asked = (office: FakeOffice, path: string) => office.requests.filter((one) => one.endsWith(path)).length;
const names = (docs: readonly { fields: { name?: string | null } }[] | undefined) =>
  docs?.map(({ fields }) => fields.name);
const all = Array.from({ length: CUSTOMERS }, (_, n) => `${n + 10}`);

test.each<[string, PullPut | PullForget, number]>([
  ['a row that is missing', ['forget', 'customer', ['customer-14']], 1],
  ['a row that is older', ['put', 'customer', 'customer-20', 2, { name: '舊' }], 2],
  ['a row that nobody has', ['put', 'customer', 'customer-99', 5, { name: '多' }], 1],
  ['a row from beyond the end', ['put', 'customer', 'customer-99', 5_000, { name: '多' }], 1],
])('F6 %s is mended by fetching its range again, and reported', async (_, line, ranges) => {
  const { office, phone } = await damaged(line);
  const pulls = asked(office, '/pull');
  phone.client.sync();
  await inStep(phone.client);
  const customers = phone.store.documents('customer');
  expect(names(await until(customers, (docs) => docs?.length === CUSTOMERS))).toEqual(all);
  expect(asked(office, '/rows')).toBe(ranges);
  expect(asked(office, '/pull') - pulls).toBe(2);
  expect(office.repaired).toMatchObject([{ ranges }]);
  const { rows } = phone.store.device;
  expect((await rows.unlike([])).flatMap(({ keys }) => keys)).toHaveLength(CUSTOMERS);
});

test('F6 nothing is hidden while it is mended, and pending work stays', async () => {
  const { office, phone } = await damaged(['forget', 'customer', ['customer-14']]);
  const customers = phone.store.documents('customer');
  await known(customers);
  const sizes = new Set<number>();
  customers.listen((docs) => docs && sizes.add(docs.length));
  office.before = (path) => {
    if (path.endsWith('/push')) throw new TypeError('no network');
    if (path.endsWith('/rows')) office.write('customer', 'customer-10', { name: '改了' });
  };
  await captureFault(phone, '不冷');
  office.before = (path) => {
    if (path.endsWith('/rows')) office.write('customer', 'customer-10', { name: '改了' });
  };
  phone.client.sync();
  await inStep(phone.client);
  await until(customers, (docs) => docs?.length === CUSTOMERS && docs[0]?.fields.name === '改了');
  expect([...sizes].every((size) => size >= CUSTOMERS - 1)).toBe(true);
  expect(await known(phone.store.document('service_visit', 'visit-0001'))).toMatchObject({ fields: { fault: '不冷' } });
});

test('F6 an office that knows no ranges lets it begin at nought', async () => {
  const { office, phone } = await damaged(['forget', 'customer', ['customer-14']]);
  office.after = (path, response) =>
    path.endsWith('/ranges') ? Response.json({ code: 'request.not_found' }, { status: 404 }) : response;
  phone.client.sync();
  await inStep(phone.client);
  expect(names(await until(phone.store.documents('customer'), (docs) => docs?.length === CUSTOMERS))).toEqual(all);
  expect(office.repaired).toEqual([]);
});

test('F6 rows that rot between two hellos are noticed by the next pull and mended without another hello', async () => {
  const { office, phone } = await damaged(['forget', 'customer', ['customer-14']]);
  const hellos = asked(office, '/hello');
  office.write('customer', 'customer-10', { name: '改了' });
  phone.poke();
  const customers = phone.store.documents('customer');
  expect(names(await until(customers, (docs) => docs?.length === CUSTOMERS))).toEqual(['改了', ...all.slice(1)]);
  await inStep(phone.client);
  expect([office.repaired.length, asked(office, '/hello') - hellos]).toEqual([1, 0]);
});

test('F6 what is captured and sent compares as well', async () => {
  const { office, phone } = await damaged(['forget', 'customer', ['customer-14']]);
  const hellos = asked(office, '/hello');
  await captureFault(phone, '不冷');
  const customers = phone.store.documents('customer');
  expect(names(await until(customers, (docs) => docs?.length === CUSTOMERS))).toEqual(all);
  expect(asked(office, '/hello') - hellos).toBe(0);
});

/** A pull that begins and ends now. */
async function pulled({ office, phone }: Technician): Promise<void> {
  const pulls = asked(office, '/pull');
  phone.poke();
  await expect.poll(() => asked(office, '/pull')).toBeGreaterThan(pulls);
  await inStep(phone.client);
}

test('F6 comparing takes a hundredth of the time at most, however often it is poked', async () => {
  const device = await technician(withCustomers);
  const { rows } = device.phone.store.device;
  const read = rows.digest;
  let compared = 0;
  rows.digest = () => {
    compared += 1;
    device.ambient.time += 20;
    return read();
  };
  await pulled(device);
  const counts = [compared];
  for (const later of [0, 1_999, 1, 1_999]) {
    device.ambient.time += later;
    await pulled(device);
    counts.push(compared);
  }
  expect(counts).toEqual([1, 1, 1, 2, 2]);
});

test('F6 who had to mend compares again with the next hello: no poke makes it fetch and report again', async () => {
  const device = await damaged(['forget', 'customer', ['customer-14']]);
  await pulled(device);
  await rot(device, ['forget', 'customer', ['customer-15']]);
  await pulled(device);
  expect(device.office.repaired).toHaveLength(1);
  device.phone.client.sync();
  await inStep(device.phone.client);
  expect(device.office.repaired).toHaveLength(2);
});
