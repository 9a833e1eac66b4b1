// @vitest-environment node
import { expect, test } from 'vitest';
import { open, transact } from '../../src/store/idb.ts';
import type { PinRecord } from '../../src/store/index.ts';
import { ROWS } from '../../src/store/rows_database.ts';
import { failAtWrite } from './disk.ts';
import { browser, olderStorage, TECHNICIAN, testAmbient } from './world.ts';

const OWNER = `${TECHNICIAN.company}/${TECHNICIAN.user}`;
const OTHER = `${TECHNICIAN.company}/technician-two`;
const NAME = `fieldproof-pin/${OWNER}`;
const record = (salt: string, wrong: number): PinRecord => ({ salt, hash: `of ${salt}`, wrong });

/** A browser in which an older version kept codes, beside something of somebody else. */
function olderBrowser(kept: Readonly<Record<string, PinRecord>>) {
  const entries = Object.entries(kept).map(([owner, each]) => [`fieldproof-pin/${owner}`, JSON.stringify(each)]);
  const older = olderStorage({ ...Object.fromEntries(entries), another: 'app' });
  return { older, ...browser(testAmbient(), undefined, older) };
}

test("an older version's codes come over with their counts, and are then only here", async () => {
  const { older, tab } = olderBrowser({ [OWNER]: record('a', 3), [OTHER]: record('b', 0) });
  const expected = { [OWNER]: record('a', 3), [OTHER]: record('b', 0) };
  expect((await tab()).pins.records.get()).toEqual(expected);
  expect(Object.keys(older)).toEqual(['another']);
  expect((await tab()).pins.records.get()).toEqual(expected);
});

test('a move that breaks off at any write loses nothing, and happens at the next start', async () => {
  const { older, tab } = olderBrowser({ [OWNER]: record('a', 3) });
  const disk = failAtWrite(0);
  await expect(tab()).rejects.toThrow('the disk is full');
  disk.mend();
  expect(older.getItem(NAME)).toBe(JSON.stringify(record('a', 3)));
  expect((await tab()).pins.records.get()).toEqual({ [OWNER]: record('a', 3) });
});

test('what a killed browser put back into its old place wins over nothing: no code, no count, no forgotten code', async () => {
  const { older, tab } = olderBrowser({ [OWNER]: record('a', 1), [OTHER]: record('b', 0) });
  const { pins } = await tab();
  await pins.change(OWNER, () => record('a', 4));
  await pins.change(OTHER, () => null);
  Object.assign(older, { [NAME]: JSON.stringify(record('a', 1)) });
  Object.assign(older, { [`fieldproof-pin/${OTHER}`]: JSON.stringify(record('b', 0)) });
  expect((await tab()).pins.records.get()).toEqual({ [OWNER]: record('a', 4) });
  expect(Object.keys(older)).toEqual(['another']);
});

test('of two tabs that start at once one moves the codes', async () => {
  const { tab } = olderBrowser({ [OWNER]: record('a', 2) });
  const [one, other] = await Promise.all([tab(), tab()]);
  expect([one.pins.records.get(), other.pins.records.get()]).toEqual([
    { [OWNER]: record('a', 2) },
    { [OWNER]: record('a', 2) },
  ]);
});

test('what is no code in the old place is left out, and the app starts', async () => {
  const older = olderStorage({ [NAME]: '{', [`fieldproof-pin/${OTHER}`]: '{"salt":7}' });
  expect((await browser(testAmbient(), undefined, older).tab()).pins.records.get()).toEqual({});
});

test("a wipe forgets the person's code and nobody else's, in every tab", async () => {
  const at = browser();
  const [store, second] = [await at.tab(), await at.tab()];
  await store.device.person.become(TECHNICIAN);
  await store.pins.change(OWNER, () => record('a', 0));
  await store.pins.change(OTHER, () => record('b', 0));
  expect(await store.device.person.wipe()).toBe(true);
  const left = { [OTHER]: record('b', 0) };
  await expect.poll(() => [store.pins.records.get(), second.pins.records.get()]).toEqual([left, left]);
  expect((await at.tab()).pins.records.get()).toEqual(left);
});

test('a code that an older version should have forgotten with its person does not come over', async () => {
  const at = browser();
  const store = await at.tab();
  await store.device.person.become(TECHNICIAN);
  await store.device.person.wipe();
  await store.close();
  await forgetPins(at.disk);
  const older = olderStorage({ [NAME]: JSON.stringify(record('a', 0)) });
  expect((await browser(at.ambient, at.disk, older).tab()).pins.records.get()).toEqual({});
});

test('signing out and another person leave the codes where they are', async () => {
  const store = await browser().tab();
  await store.device.person.become(TECHNICIAN);
  await store.pins.change(OWNER, () => record('a', 2));
  await store.device.person.become(null);
  await store.device.person.become({ ...TECHNICIAN, user: 'technician-two' });
  expect(store.pins.records.get()).toEqual({ [OWNER]: record('a', 2) });
});

/** As an older version leaves the disk: without a place for codes. */
async function forgetPins(disk: IDBFactory): Promise<void> {
  const rows = await open(disk, ROWS);
  await transact(
    rows,
    ['kept'],
    'readwrite',
    async (transaction) => void transaction.objectStore('kept').delete('pins'),
  );
  rows.close();
}
