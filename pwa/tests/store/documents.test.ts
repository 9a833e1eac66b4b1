// @vitest-environment node
import { expect, test } from 'vitest';
import { Documents } from '../../src/store/documents.ts';
import type { Confirmed } from '../../src/store/rows.ts';
import { browser, known, readyTab, row, shown, TECHNICIAN, until } from './world.ts';

const LABEL = { about: 'call-0001', what: 'visit.work', who: '陳美惠' };
const ids = (docs: readonly { id: string }[] | undefined) => docs?.map(({ id }) => id);

test('a list holds what its filter lets through, in the order of the ids', async () => {
  const { store } = await readyTab([
    row('customer', 'customer-3', 1, { name: '丙', zone: 'urban' }),
    row('customer', 'customer-1', 2, { name: '甲', zone: 'urban' }),
    row('customer', 'customer-2', 3, { name: '乙', zone: 'suburban' }),
    row('asset', 'asset-0001', 4, { product: '冰箱' }),
  ]);
  const urban = store.documents('customer', ({ fields }) => fields.zone === 'urban');
  expect(ids(await known(urban))).toEqual(['customer-1', 'customer-3']);
  await store.capture([{ kind: 'customer', id: 'customer-2', fields: { zone: 'urban' } }], LABEL);
  expect(ids(await until(urban, (docs) => docs?.length === 3))).toEqual(['customer-1', 'customer-2', 'customer-3']);
});

test('a document that did not change stays the same object', async () => {
  const { store } = await readyTab([
    row('customer', 'customer-1', 1, { name: '甲' }),
    row('customer', 'customer-2', 2, { name: '乙' }),
  ]);
  const customers = store.documents('customer');
  await known(customers);
  // What is told of one after the other is shown so: behind this one nothing of the beginning is on its way any more.
  await store.capture([{ kind: 'customer', id: 'customer-2', fields: { name: '丙' } }], LABEL);
  const [first] = (await until(customers, (docs) => docs?.[1]?.fields.name === '丙')) ?? [];
  expect(first).toBeDefined();
  await store.capture([{ kind: 'customer', id: 'customer-2', fields: { name: '丁' } }], LABEL);
  const after = await until(customers, (docs) => docs?.[1]?.fields.name === '丁');
  expect(after?.[0]).toBe(first);
});

test('what one tab captures, every tab shows', async () => {
  const { store, tab } = await readyTab([row('customer', 'customer-1', 1, { name: '甲' })]);
  const other = await tab();
  const customer = other.document('customer', 'customer-1');
  await known(customer);
  await store.capture([{ kind: 'customer', id: 'customer-1', fields: { name: '乙' } }], LABEL);
  expect((await until(customer, (doc) => doc?.unsent === 1))?.fields).toEqual({ name: '乙' });
});

test('work is counted as unsent before any screen shows it, and once it is captured', async () => {
  const { store } = await readyTab([row('customer', 'customer-1', 1, { name: '甲' })]);
  await until(store.outbox, (now) => now?.unsent === 0);
  const customer = store.document('customer', 'customer-1');
  await known(customer);
  const told: (number | undefined)[] = [];
  customer.listen((doc) => doc?.unsent && told.push(store.outbox.get()?.unsent));
  await store.capture([{ kind: 'customer', id: 'customer-1', fields: { name: '乙' } }], LABEL);
  expect(store.outbox.get()?.unsent).toBe(1);
  expect(told).toEqual([1]);
});

test('undefined is still loading, null is not there', async () => {
  const { store } = await readyTab();
  const nobody = store.document('customer', 'customer-9');
  expect(nobody.get()).toBeUndefined();
  expect(await known(nobody)).toBeNull();
});

test('somebody else who signs in sees nothing of the one before, whose unsent work waits for him', async () => {
  const { store } = await readyTab([row('customer', 'customer-1', 1, { name: '甲' })]);
  const customers = store.documents('customer');
  await store.capture([{ kind: 'customer', id: 'customer-2', fields: { name: '乙' } }], LABEL);
  await until(customers, (docs) => docs?.length === 2);
  await store.device.person.become({ ...TECHNICIAN, user: 'technician-two' });
  await until(customers, (docs) => docs?.length === 0);
  expect((await until(store.outbox, (now) => now?.items.length === 0))?.unsent).toBe(0);
  await store.device.person.become(TECHNICIAN);
  expect(ids(await until(customers, (docs) => docs?.length === 1))).toEqual(['customer-2']);
});

test('a pull that ends while a kind is being loaded is not half shown', async () => {
  const { store, tab } = await readyTab([row('customer', 'customer-1', 1, { name: '甲' })]);
  const other = await tab();
  const customers = other.documents('customer');
  await shown(store, [row('customer', 'customer-2', 2, { name: '乙' })], false);
  const sizes: number[] = [];
  customers.subscribe((docs) => docs && sizes.push(docs.length));
  await until(customers, (docs) => docs?.length === 2);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
});

test('one failed reading does not end the story', async () => {
  let fails = false;
  const confirmed = async (): Promise<Confirmed> => {
    if (fails) throw new Error('the disk is tired');
    return { rows: [{ kind: 'customer', id: 'customer-1', position: 1, fields: {} }], epoch: 'epoch-one', settled: {} };
  };
  const documents = new Documents({ confirmed, tops: async () => [] });
  const customers = documents.list('customer', () => true);
  await known(customers);
  fails = true;
  await expect(documents.rowsChanged(null)).rejects.toThrow('tired');
  fails = false;
  await documents.rowsChanged(null);
  expect(ids(customers.get())).toEqual(['customer-1']);
});

test('D1 a contested delete is shown, an uncontested one is not, and one’s own last word on it counts', async () => {
  const deleted = [[['desk-actor', 1], true, 'clerk-one', 'office', 5, 6]] as const;
  const { store } = await readyTab([
    row('customer', 'customer-1', 6, { name: '甲', deleted: true }, { deleted }),
    row('customer', 'customer-2', 6, { name: '乙', deleted: true }),
    row('customer', 'customer-3', 6, { name: '丙' }),
  ]);
  const customers = store.documents('customer');
  expect(ids(await known(customers))).toEqual(['customer-1', 'customer-3']);
  await store.capture([{ kind: 'customer', id: 'customer-2', fields: { note: '還在修' } }], LABEL);
  expect(ids(await until(customers, (docs) => docs?.length === 3))).toContain('customer-2');
  const [contested] = customers.get() ?? [];
  const seen = contested?.seen ?? { base: [0, 'epoch-one'], over: {} };
  await store.capture([{ kind: 'customer', id: 'customer-1', seen, fields: { deleted: true }, resolve: true }], LABEL);
  await store.capture([{ kind: 'customer', id: 'customer-3', fields: { deleted: true } }], LABEL);
  expect(ids(await until(customers, (docs) => docs?.length === 1))).toEqual(['customer-2']);
});

test('nobody signed in: nothing is shown and nothing breaks', async () => {
  const store = await browser().tab();
  expect(await known(store.documents('customer'))).toEqual([]);
  expect(await known(store.outbox)).toEqual({
    items: [],
    unsent: 0,
    attention: 0,
    bytes: 0,
    oldestAt: null,
    files: new Map(),
  });
});
