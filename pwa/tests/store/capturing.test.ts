// @vitest-environment node
import { expect, test } from 'vitest';
import type { Edit } from '../../src/store/index.ts';
import { NotReady, TooLarge, Unfit } from '../../src/store/index.ts';
import { MAX_OPERATION_BYTES, SCHEMA } from '../../src/wire/limits.ts';
import { failAtWrite, faultsOf, onDisk } from './disk.ts';
import { browser, EPOCH, known, readyTab, row, START, TECHNICIAN, until } from './world.ts';

const LABEL = { about: 'call-0001', what: 'visit.work', who: '陳美惠' };
const CUSTOMER = { kind: 'customer', id: 'customer-1' } as const;
const named = (name: string): Edit => ({ ...CUSTOMER, fields: { name } });

async function texts(disk: IDBFactory): Promise<unknown[]> {
  return (await onDisk(disk)).operations.map(({ text }) => JSON.parse(text));
}

test('O1 an operation is one JSON array without white space', async () => {
  const { store, disk } = await readyTab();
  await store.capture([named('王小明')], LABEL);
  const [operation] = (await onDisk(disk)).operations;
  expect(operation?.text).toBe(`[${SCHEMA},"customer","customer-1",[0,"${EPOCH}"],${START},0,{"name":"王小明"}]`);
});

test('O3 captured text is well-formed, in NFC and without NUL', async () => {
  const { store, disk } = await readyTab();
  await store.capture([named('Cafe\u0301\0 \ud83d')], LABEL);
  expect((await texts(disk))[0]).toMatchObject({ 6: { name: 'Caf\u00e9 \ufffd' } });
});

test('G1 what is captured together counts down to nought', async () => {
  const { store, disk } = await readyTab();
  await store.capture(
    [named('一'), { kind: 'customer', id: 'customer-2', fields: { name: '二' } }, named('三')],
    LABEL,
  );
  expect((await onDisk(disk)).operations.map(({ following }) => following)).toEqual([2, 1, 0]);
});

test('B1 the base is what was rendered when the person began, whatever came since', async () => {
  const { store, disk } = await readyTab([row('customer', 'customer-1', 4, { name: '王小明' })]);
  const customer = store.document('customer', 'customer-1');
  const begun = await known(customer);
  await store.device.rows.show(
    { epoch: EPOCH, lineage: [], replace: false },
    [row('customer', 'customer-1', 9, { name: '王大明' })],
    'c',
    {},
  );
  await until(customer, (doc) => doc?.position === 9);
  await store.capture([{ ...CUSTOMER, ...(begun && { seen: begun.seen }), fields: { phone: '02-2' } }], LABEL);
  expect((await texts(disk))[0]).toMatchObject({ 3: [4, EPOCH] });
});

test('W4 an edit of a field that showed rivals names the writes whose value was shown', async () => {
  const rivals = {
    phone: [
      [['office-actor', 3], '02-1', 'clerk-one', 'office', 5, 6],
      [['other-actor', 8], '02-2', 'technician-two', 'field', 7, 8],
      [['third-actor', 1], '02-2', 'technician-three', 'field', 6, 7],
    ],
  } as const;
  const { store, disk } = await readyTab([row('customer', 'customer-1', 8, { name: '王', phone: '02-2' }, rivals)]);
  const doc = await known(store.document('customer', 'customer-1'));
  await store.capture(
    [{ ...CUSTOMER, ...(doc && { seen: doc.seen }), fields: { phone: '02-3', name: '王小明' } }],
    LABEL,
  );
  expect((await texts(disk))[0]).toEqual([
    SCHEMA,
    'customer',
    'customer-1',
    [8, EPOCH],
    START,
    0,
    { phone: '02-3', name: '王小明' },
    false,
    {
      phone: [
        ['other-actor', 8],
        ['third-actor', 1],
      ],
    },
  ]);
});

test('W4 what is seen over rivals is the own pending value once there is one', async () => {
  const rivals = {
    phone: [
      [['office-actor', 3], '02-1', 'clerk-one', 'office', 5, 6],
      [['other-actor', 8], '02-2', 'technician-two', 'field', 7, 8],
    ],
  } as const;
  const { store, disk } = await readyTab([row('customer', 'customer-1', 8, { phone: '02-2' }, rivals)]);
  const customer = store.document('customer', 'customer-1');
  const before = await known(customer);
  await store.capture([{ ...CUSTOMER, ...(before && { seen: before.seen }), fields: { phone: '02-3' } }], LABEL);
  const after = await until(customer, (doc) => doc?.unsent === 1);
  await store.capture([{ ...CUSTOMER, ...(after && { seen: after.seen }), fields: { phone: '02-4' } }], LABEL);
  expect((await texts(disk))[1]).toMatchObject({ 8: { phone: [['actor-one', 1]] } });
});

test('W4 a decision supersedes every rival that was seen, and is not asked twice', async () => {
  const rivals = {
    phone: [
      [['office-actor', 3], '02-1', 'clerk-one', 'office', 5, 6],
      [['other-actor', 8], '02-2', 'technician-two', 'field', 7, 8],
    ],
  } as const;
  const { store, disk } = await readyTab([row('customer', 'customer-1', 8, { phone: '02-2' }, rivals)]);
  const customer = store.document('customer', 'customer-1');
  const doc = await known(customer);
  expect(Object.keys(doc?.rivals ?? {})).toEqual(['phone']);
  await store.capture(
    [{ ...CUSTOMER, ...(doc && { seen: doc.seen }), fields: { phone: '02-1' }, resolve: true }],
    LABEL,
  );
  expect((await texts(disk))[0]).toEqual([
    SCHEMA,
    'customer',
    'customer-1',
    [8, EPOCH],
    START,
    0,
    { phone: '02-1' },
    true,
  ]);
  expect((await until(customer, (one) => one?.unsent === 1))?.rivals).toEqual({});
});

test('V3 operation, seq and head are written together, in one gapless chain over all tabs', async () => {
  const { store, tab, disk } = await readyTab();
  const other = await tab();
  await Promise.all(
    [store, other, store, other, store].map((one, place) =>
      one.capture([named(`${place}`), named(`${place}!`)], LABEL),
    ),
  );
  expect((await onDisk(disk)).operations.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await faultsOf(disk)).toEqual([]);
});

test('V3 a capture that breaks off at any write leaves nothing behind, and the next one goes on', async () => {
  for (let broken = 0; broken < 4; broken += 1) {
    const { store, disk, tab } = await readyTab();
    await store.capture([named('一')], LABEL);
    const disks = failAtWrite(broken);
    const failed = store.capture([named('二'), named('三'), named('四')], LABEL);
    await expect(failed).rejects.toThrow('the disk is full');
    disks.mend();
    await store.close();
    expect(await faultsOf(disk)).toEqual([]);
    const reopened = await tab();
    expect((await known(reopened.document('customer', 'customer-1')))?.fields).toEqual({ name: '一' });
    await reopened.capture([named('五')], LABEL);
    expect((await texts(disk)).map((operation) => (operation as unknown[])[6])).toEqual([
      { name: '一' },
      { name: '五' },
    ]);
    expect(await faultsOf(disk)).toEqual([]);
  }
});

test('what no office would apply is not captured: the form asks again', async () => {
  const { store, disk } = await readyTab();
  const wrong = store.capture([{ ...CUSTOMER, fields: { name: '長'.repeat(201) } }], LABEL);
  await expect(wrong).rejects.toThrow(new Unfit('operation.value'));
  expect(await texts(disk)).toEqual([]);
});

test('a group that could never be pushed whole is refused', async () => {
  const { store } = await readyTab();
  const content = '字'.repeat(31_000);
  const edits = Array.from(
    { length: 12 },
    (_, place): Edit => ({ kind: 'signature', id: `signature-${place}`, fields: { content } }),
  );
  expect(content.length * 3 < MAX_OPERATION_BYTES).toBe(true);
  await expect(store.capture(edits, LABEL)).rejects.toThrow(TooLarge);
});

test('before the first contact there is no epoch to write in', async () => {
  const store = await browser().tab();
  await expect(store.capture([named('一')], LABEL)).rejects.toThrow(NotReady);
  await store.device.person.become(TECHNICIAN);
  await expect(store.capture([named('一')], LABEL)).rejects.toThrow(NotReady);
});
