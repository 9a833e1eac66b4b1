// @vitest-environment node
import { expect, test } from 'vitest';
import { leastSettled } from '../../src/store/overlay.ts';
import { acknowledge } from './replies.ts';
import { EPOCH, known, readyTab, row, shown, until } from './world.ts';

const LABEL = { about: 'call-0001', what: 'visit.work', who: '陳美惠' };
const CUSTOMER = { kind: 'customer', id: 'customer-1' } as const;
const HEADER = { epoch: EPOCH, lineage: [], replace: false };

async function withPending() {
  const at = await readyTab([row('customer', 'customer-1', 4, { name: '王小明', phone: '02-1' })]);
  const customer = at.store.document('customer', 'customer-1');
  await known(customer);
  await at.store.capture([{ ...CUSTOMER, fields: { phone: '02-2', note: '按兩次鈴' } }], LABEL);
  await at.store.capture([{ ...CUSTOMER, fields: { phone: '02-3' } }], LABEL);
  await until(customer, (doc) => doc?.unsent === 2);
  return { ...at, customer };
}

test('V1 pending work stands on the confirmed row in the order in which it was written', async () => {
  const { store, customer } = await withPending();
  expect(customer.get()?.fields).toEqual({ name: '王小明', phone: '02-3', note: '按兩次鈴' });
  await shown(store, [row('customer', 'customer-1', 6, { name: '王大明', phone: '02-9' })], false);
  const doc = await until(customer, (one) => one?.position === 6);
  expect(doc?.fields).toEqual({ name: '王大明', phone: '02-3', note: '按兩次鈴' });
});

test('V1 a document that is only here is there', async () => {
  const { store } = await readyTab();
  await store.capture([{ kind: 'customer', id: 'customer-2', fields: { name: '林美玲' } }], LABEL);
  const docs = await until(store.documents('customer'), (now) => now?.length === 1);
  expect(docs).toMatchObject([{ id: 'customer-2', position: 0, unsent: 1 }]);
});

test('V2 acknowledged work stays on top until the pull that began afterwards is shown', async () => {
  const { store, customer } = await withPending();
  const before = await store.device.outbox.acknowledged();
  await acknowledge(store, 7);
  const acknowledged = await until(customer, (doc) => doc?.unsent === 0);
  expect(acknowledged?.fields).toMatchObject({ phone: '02-3' });
  await store.device.rows.show(
    HEADER,
    [row('customer', 'customer-1', 5, { name: '王大明', phone: '02-1' })],
    'c',
    before,
  );
  expect((await until(customer, (doc) => doc?.position === 5))?.fields).toMatchObject({ phone: '02-3' });
  await shown(store, [row('customer', 'customer-1', 9, { name: '王大明', phone: '02-9' })], false);
  expect((await until(customer, (doc) => doc?.position === 9))?.fields).toEqual({ name: '王大明', phone: '02-9' });
});

test('V2 acknowledged work leaves with a row that is forgotten', async () => {
  const { store, customer } = await withPending();
  await acknowledge(store, 7);
  const settled = await store.device.outbox.acknowledged();
  await store.device.rows.show(HEADER, [['forget', 'customer', ['customer-1']]], 'c', settled);
  expect(await until(customer, (doc) => doc === null)).toBeNull();
});

test('V2 held work stays on top until the office writes the document again', async () => {
  const { store, customer } = await withPending();
  await acknowledge(store, 7, [
    [0, 'held', 'operation.right'],
    [1, 'held', 'operation.right'],
  ]);
  await shown(store, [row('customer', 'customer-1', 6, { phone: '02-9' })], false);
  const doc = await until(customer, (one) => one?.position === 6);
  expect(doc).toMatchObject({ held: 2, unsent: 0, fields: { phone: '02-3', note: '按兩次鈴' } });
  await shown(store, [row('customer', 'customer-1', 11, { phone: '02-9' })], false);
  expect(await until(customer, (one) => one?.position === 11)).toMatchObject({ held: 0, fields: { phone: '02-9' } });
});

test('what several shelves reflect is what the least of them does', () => {
  expect(leastSettled([{ a: 3, b: 5 }, { a: 4 }])).toEqual({ a: 3, b: 0 });
  expect(leastSettled([{ a: 3 }])).toEqual({ a: 3 });
  expect(leastSettled([])).toEqual({});
});
