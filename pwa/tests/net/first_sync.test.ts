// @vitest-environment node
import { expect, test } from 'vitest';
import { known, until } from '../store/world.ts';
import { atRest, captureFault, inStep, technician } from './device.ts';
import type { FakeOffice } from './office.ts';

const CUSTOMERS = 9;
const PARTS = 5;

/** An office of which most lies ready, in parts of two rows; the first two are today's. */
function withParts(office: FakeOffice) {
  for (let n = 1; n <= CUSTOMERS; n += 1) office.write('customer', `customer-${n}`, { name: `${n}` });
  office.ready.today = 2;
}

/** Fails every request for a part behind so many of them. */
function cutBehind(office: FakeOffice, parts: number) {
  let left = parts;
  office.before = (path) => {
    if (!path.startsWith('/sync/v1/parts/')) return;
    left -= 1;
    if (left < 0) throw new TypeError('no network');
  };
}

const asked = (office: FakeOffice) => office.requests.filter((one) => one.includes('/parts/')).length;
const pulled = (office: FakeOffice) => office.requests.filter((one) => one.endsWith('/pull')).length;

test('L7 a first sync takes what lies ready, and pulls what was written since', async () => {
  const { office, phone } = await technician(withParts);
  expect(await known(phone.store.documents('customer'))).toHaveLength(CUSTOMERS);
  expect(asked(office)).toBe(PARTS);
  expect(phone.client.status.get()).toMatchObject({ first: false, received: 0, problem: null });
});

test('L7 what was written while it fetched is shown with it', async () => {
  const { phone } = await technician((office) => {
    withParts(office);
    office.before = (path) => {
      if (path.endsWith('/3')) office.write('customer', 'customer-1', { name: '改了' });
    };
  });
  const shown = await known(phone.store.documents('customer'));
  expect(shown).toHaveLength(CUSTOMERS);
  expect(shown[0]?.fields).toEqual({ name: '改了' });
});

test.each([0, 1, 2, 3, 4])('L7 parts that came before a cut (%i) are not fetched again', async (before) => {
  const { office, phone } = await technician((one) => {
    withParts(one);
    cutBehind(one, before);
  }, false);
  expect((await atRest(phone.client)).state).toBe('waiting');
  const failed = asked(office);
  office.before = () => {};
  phone.client.sync();
  await inStep(phone.client);
  expect(await known(phone.store.documents('customer'))).toHaveLength(CUSTOMERS);
  expect(asked(office) - failed).toBe(PARTS - before);
  expect(pulled(office)).toBe(2);
});

test.each([0, 1, 2])('L7 a part that was cut between two of its lines (%i) is fetched again, whole', async (lines) => {
  const { office, phone } = await technician((one) => {
    withParts(one);
    one.ready.cutBehind = lines;
  }, false);
  expect((await atRest(phone.client)).state).toBe('waiting');
  expect(await known(phone.store.documents('customer'))).toHaveLength(0);
  office.ready.cutBehind = undefined;
  phone.client.sync();
  await inStep(phone.client);
  expect(await known(phone.store.documents('customer'))).toHaveLength(CUSTOMERS);
  expect(asked(office)).toBe(1 + PARTS);
});

test('L7 parts that a page named which was cut count nothing beside the rows that follow it', async () => {
  const { office, phone } = await technician((one) => {
    withParts(one);
    one.ready.isNamedWhole = false;
  }, false);
  expect((await atRest(phone.client)).state).toBe('waiting');
  office.write('customer', 'customer-1', { name: '改了' });
  office.ready.today = 0;
  phone.client.sync();
  await inStep(phone.client);
  expect((await known(phone.store.documents('customer'))).map(({ fields }) => fields.name)).toContain('改了');
  expect(asked(office)).toBe(0);
});

test("L7 today's parts are shown as soon as they are there, and nothing before", async () => {
  const { office, phone } = await technician((one) => {
    withParts(one);
    cutBehind(one, 1);
  }, false);
  await atRest(phone.client);
  const customers = phone.store.documents('customer');
  expect(await known(customers)).toHaveLength(0);
  cutBehind(office, 2);
  phone.client.sync();
  await until(customers, (docs) => docs?.length === 4);
  expect((await atRest(phone.client)).first).toBe(false);
  office.before = () => {};
  phone.client.sync();
  await inStep(phone.client);
  await until(customers, (docs) => docs?.length === CUSTOMERS);
});

test('L7 whoever has handed in work before sees nothing until all of it has come: none of it is laid over newer rows', async () => {
  const { office, phone } = await technician((one) => {
    one.write('service_visit', 'visit-0001', { fault: '漏水' });
    withParts(one);
  });
  await captureFault(phone, '不冷');
  await inStep(phone.client);
  office.write('service_visit', 'visit-0001', { fault: '辦公室改的' });
  await phone.client.session.signOut();
  cutBehind(office, 3);
  await phone.client.session.signIn('technician-one', 'secret');
  await atRest(phone.client);
  expect(await known(phone.store.documents('customer'))).toEqual([]);
  office.before = () => {};
  phone.client.sync();
  await inStep(phone.client);
  const visit = phone.store.document('service_visit', 'visit-0001');
  expect((await until(visit, (doc) => doc !== undefined))?.fields.fault).toBe('辦公室改的');
});

test('L7 parts that were replaced meanwhile are no loss: it begins at nought, row by row', async () => {
  const { office, phone } = await technician((one) => {
    withParts(one);
    one.before = (path) => {
      if (path.endsWith('/3')) one.ready.replace();
    };
  });
  expect(await known(phone.store.documents('customer'))).toHaveLength(CUSTOMERS);
  expect(asked(office)).toBe(4);
});

test('L7 a row that the office lost sight of between what lay ready and its end is not shown', async () => {
  const { phone } = await technician((office) => {
    withParts(office);
    office.before = (path) => {
      if (path.endsWith('/4')) office.forget('customer', 'customer-2');
    };
  });
  const shown = await known(phone.store.documents('customer'));
  expect(shown.map(({ id }) => id)).not.toContain('customer-2');
  expect(shown).toHaveLength(CUSTOMERS - 1);
});
