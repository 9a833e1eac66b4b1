// @vitest-environment node
import { expect, test } from 'vitest';
import { combine, rowDigest } from '../../src/core/digest.ts';
import { known, readyTab, row, until } from './world.ts';

const header = (replace: boolean, epoch = 'epoch-one') => ({
  epoch,
  lineage: [['epoch-one', null, 0] as const],
  replace,
});
const customer = (id: string, position: number, fields: Record<string, unknown> = { name: id }) =>
  row('customer', id, position, fields);

async function withRows() {
  const at = await readyTab([customer('customer-1', 1), customer('customer-2', 2)]);
  const documents = at.store.documents('customer');
  const ids = () => documents.get()?.map(({ id }) => id);
  await known(documents);
  return { ...at, rows: at.store.device.rows, documents, ids };
}

test('L2 what is staged shows nothing; the end shows all of it', async () => {
  const { rows, ids, documents, store } = await withRows();
  await rows.stage(header(false), [customer('customer-3', 3)], 'cursor-3');
  await rows.stage(header(false), [customer('customer-4', 4), ['forget', 'customer', ['customer-1']]], 'cursor-4');
  await store.document('customer', 'customer-3').get();
  expect(ids()).toEqual(['customer-1', 'customer-2']);
  await rows.show(header(false), [customer('customer-5', 5)], 'cursor-5', {});
  await until(documents, (docs) => docs?.length === 4);
  expect(ids()).toEqual(['customer-2', 'customer-3', 'customer-4', 'customer-5']);
});

test('L2 a pull goes on behind what was staged, even after the tab died', async () => {
  const { rows, tab, store } = await withRows();
  expect(await rows.pullFrom()).toEqual({ cursor: 'cursor-1', epochs: ['epoch-one'], ready: null });
  await rows.stage(header(false), [customer('customer-3', 3)], 'cursor-3');
  await store.close();
  const reopened = await tab();
  expect(await reopened.device.rows.pullFrom()).toEqual({ cursor: 'cursor-3', epochs: ['epoch-one'], ready: null });
  await reopened.device.rows.show(header(false), [], 'cursor-4', {});
  expect((await known(reopened.documents('customer'))).map(({ id }) => id)).toEqual([
    'customer-1',
    'customer-2',
    'customer-3',
  ]);
});

test('L3 rows are replaced, never merged, also when the replacing pull came in pieces', async () => {
  const { rows, ids, documents } = await withRows();
  await rows.stage(header(true, 'epoch-two'), [customer('customer-2', 7)], 'cursor-7');
  await rows.show(header(false, 'epoch-two'), [customer('customer-3', 8)], 'cursor-8', {});
  await until(documents, (docs) => docs?.some(({ id }) => id === 'customer-3') ?? false);
  expect(ids()).toEqual(['customer-2', 'customer-3']);
});

test('L3 a replacing pull makes an end of what was staged before it', async () => {
  const { rows, ids, documents } = await withRows();
  await rows.stage(header(false), [customer('customer-9', 3)], 'cursor-3');
  await rows.show(header(true, 'epoch-two'), [customer('customer-3', 8)], 'cursor-8', {});
  await until(documents, (docs) => docs?.length === 1);
  expect(ids()).toEqual(['customer-3']);
});

test('L3 pending work stays on top of replaced rows', async () => {
  const { store, rows, documents } = await withRows();
  await store.capture([{ kind: 'customer', id: 'customer-1', fields: { phone: '02-1' } }], {
    about: 'a',
    what: 'b',
    who: 'c',
  });
  await rows.show(header(true, 'epoch-two'), [], 'cursor-8', {});
  const [left, ...others] = (await until(documents, (docs) => docs?.length === 1)) ?? [];
  expect(left).toMatchObject({ id: 'customer-1', fields: { phone: '02-1' }, seen: { base: [0, 'epoch-two'] } });
  expect(others).toEqual([]);
});

test('F4 the digest is over every row, however many there are', async () => {
  const every = Array.from({ length: 501 }, (_, n) => customer(`customer-${n}`, n + 1));
  const { store } = await readyTab([...every, row('product', 'customer-0', 502, {})]);
  const digests = every.map(([, kind, id, position]) => rowDigest(kind, id, position));
  expect(await store.device.rows.digest()).toBe(combine([...digests, rowDigest('product', 'customer-0', 502)]));
});

test('F4 the digest is over what is shown, and not over what is staged', async () => {
  const { rows } = await withRows();
  const digest = combine([rowDigest('customer', 'customer-1', 1), rowDigest('customer', 'customer-2', 2)]);
  expect(await rows.digest()).toBe(digest);
  await rows.stage(header(false), [customer('customer-3', 3)], 'cursor-3');
  expect(await rows.digest()).toBe(digest);
});

test('starting over asks from nought and keeps what is shown until it is replaced', async () => {
  const { rows, ids } = await withRows();
  await rows.stage(header(false), [customer('customer-3', 3)], 'cursor-3');
  await rows.startOver();
  expect(await rows.pullFrom()).toEqual({ cursor: null, epochs: ['epoch-one'], ready: null });
  expect(ids()).toEqual(['customer-1', 'customer-2']);
});

test('a field that this version cannot read is left out, one that it does not know is kept', async () => {
  const { rows, store } = await withRows();
  await rows.show(header(false), [customer('customer-3', 3, { name: '王', zone: 'lunar', colour: 'red' })], 'c', {});
  const doc = await until(store.document('customer', 'customer-3'), (one) => Boolean(one));
  expect(doc?.fields).toEqual({ name: '王', colour: 'red' });
});

test('deleted documents are not listed', async () => {
  const { rows, documents, ids } = await withRows();
  await rows.show(header(false), [customer('customer-1', 3, { name: '王', deleted: true })], 'c', {});
  await until(documents, (docs) => docs?.length === 1);
  expect(ids()).toEqual(['customer-2']);
});
