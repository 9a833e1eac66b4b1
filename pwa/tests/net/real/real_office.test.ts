// @vitest-environment node
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { canonicalText } from '../../../src/core/canonical.ts';
import { link, signatureId } from '../../../src/core/chain.ts';
import { ambient } from '../../../src/platform/ambient.ts';
import { answer, open, transact } from '../../../src/store/idb.ts';
import type { Doc, OutboxView } from '../../../src/store/index.ts';
import { ROWS } from '../../../src/store/rows_database.ts';
import type { Place } from '../../../src/wire/vocabulary.ts';
import { copyDisk } from '../../store/copy_disk.ts';
import { faultsOf, onDisk } from '../../store/disk.ts';
import { browser, known, until } from '../../store/world.ts';
import { atRest, deviceOf, inStep, type Tab } from '../device.ts';
import { OfficeProcess } from './office_process.ts';
import { browserFetch, eventSource } from './web.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let office: OfficeProcess;
const TECHNICIAN = {
  login: 'technician-one',
  password: crypto.randomUUID(),
  role: 'technician',
  place: 'field',
} as const;
const CLERK = { login: 'clerk-one', password: crypto.randomUUID(), role: 'clerk', place: 'office' } as const;
const ADMIN = () => ({ login: office.login, password: office.password, place: 'office' }) as const;

beforeAll(async () => {
  office = await OfficeProcess.found();
  const { tab } = await personOn(ADMIN());
  for (const one of [TECHNICIAN, CLERK]) await employ(tab, one);
  await tab.kill();
  const desk = await personOn(CLERK);
  const fields = { unit: desk.tab.client.session.me.get()?.unit ?? null, name: '陳美惠' };
  await desk.tab.store.capture([{ kind: 'customer', id: CUSTOMER, fields }], LABEL);
  await inStep(desk.tab.client);
  await desk.tab.kill();
});
afterAll(() => office.end());

async function employ({ client }: Tab, { login, password, role }: typeof TECHNICIAN | typeof CLERK): Promise<void> {
  const unit = client.session.me.get()?.unit;
  const made = (await client.ask('POST', '/api/accounts', { name: login, login, unit, roles: [role] })) as {
    code: string;
  };
  await client.ask('POST', '/api/session/reset', { login, code: made.code, new: password });
}

/** A new browser of somebody: signed in, enrolled, in step with the office. */
async function personOn(who: { readonly login: string; readonly password: string; readonly place: Place }) {
  const web = browserFetch(office);
  const at = browser({ ...ambient, time: 0 });
  const device = deviceOf(web.fetch, at, () => eventSource(web.fetch));
  const tab = await device.tab();
  await tab.client.session.signIn(who.login, who.password);
  await tab.client.session.enrol('Chrome', who.place);
  await inStep(tab.client);
  return { ...device, tab, web };
}

const CUSTOMER = 'customer-one';
const WITHIN = { timeout: 30_000, interval: 200 };
const LABEL = { about: CUSTOMER, what: 'customer.note', who: '陳美惠' };

const customerOf = async ({ store }: Tab) => (await known(store.document('customer', CUSTOMER))) as Doc<'customer'>;

/** Writes the customer's note; the base is what the tab shows, or what was seen before. */
async function note(tab: Tab, text: string, { seen }: Pick<Doc, 'seen'> | Record<string, never> = {}) {
  const base = seen ?? (await customerOf(tab)).seen;
  await tab.store.capture([{ kind: 'customer', id: CUSTOMER, seen: base, fields: { note: text } }], LABEL);
}

/** Every value that the office ever took for the note, oldest first. */
async function notes({ client }: Tab): Promise<unknown[]> {
  const history = (await client.ask('GET', `/api/records/customer/${CUSTOMER}/history`)) as {
    readonly fields: { readonly note?: { readonly value: string } };
  }[];
  return history.flatMap(({ fields }) => fields.note?.value ?? []);
}

test('a visit that was signed without a network arrives whole, with its strokes and its image', async () => {
  const { tab } = await personOn(TECHNICIAN);
  const me = tab.client.session.me.get();
  const visit = ambient.id();
  const facts = {
    fault: '溫度感測器故障',
    action: '換溫度感測器 1 個',
    category: 'warranty',
    outcome: 'fixed',
  } as const;
  const about = { asset: null, call: null, technician: null };
  const signed = { ...facts, ...about, arrived_at: ambient.now(), fee_total: 0 };
  const content = canonicalText({ template: 'visit-1', visit: signed });
  const signature = {
    unit: me?.unit ?? null,
    visit,
    role: 'customer' as const,
    signer_name: '陳美惠',
    signed_at: ambient.now(),
    template: 'visit-1',
    content,
    content_sha256: link(new TextEncoder().encode(content)),
    strokes_sha256: await tab.store.blobs.keep(new Blob(['s1.AAA'], { type: 'text/plain' })),
    image_sha256: await tab.store.blobs.keep(new Blob([PNG], { type: 'image/png' })),
    device: me?.device ?? null,
  };
  const id = signatureId(signature);
  const device_signature = await tab.client.sign(id, signature);
  const visitFields = { ...signed, unit: me?.unit ?? null, finished_at: ambient.now() };
  await tab.store.capture(
    [
      { kind: 'service_visit', id: visit, fields: visitFields },
      { kind: 'signature', id, fields: { ...signature, device_signature } },
    ],
    { about: visit, what: 'visit.signed', who: '陳美惠' },
  );
  const view = await until(tab.store.outbox, (now) => now?.items[0]?.state === 'delivered');
  expect(view?.items).toMatchObject([{ state: 'delivered', problem: null }]);
  const rows = tab.store.document('service_visit', visit);
  expect(await until(rows, (doc) => (doc?.position ?? 0) > 0)).toMatchObject({ fields: facts, unsent: 0, held: 0 });
  expect(await (await tab.client.file(signature.strokes_sha256)).text()).toBe('s1.AAA');
});

test('P3 an answer that is lost after the commit makes no duplicate', async () => {
  const { tab, web } = await personOn(TECHNICIAN);
  let lost = 0;
  web.between = (path) => {
    if (path.endsWith('/push') && lost++ === 0) throw new TypeError('the network died');
  };
  await note(tab, '失而復得');
  tab.client.sync();
  await inStep(tab.client);
  expect(lost).toBeGreaterThan(1);
  expect((await notes(tab)).filter((text) => text === '失而復得')).toHaveLength(1);
});

test('F6 a row that rots between two hellos is noticed by a later sync and fetched again without another', async () => {
  const { tab, web, disk } = await personOn(TECHNICIAN);
  const asked: string[] = [];
  web.between = (path) => void asked.push(path.split('?')[0] ?? '');
  const rows = await open(disk, ROWS);
  const customers = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) =>
    transact(rows, ['rows'], mode, (transaction) => answer(act(transaction.objectStore('rows'))));
  await customers('readwrite', (store) => store.delete(['customer', CUSTOMER]));
  const fields = { unit: tab.client.session.me.get()?.unit ?? null, name: '林志豪' };
  await expect
    .poll(async () => {
      await tab.store.capture([{ kind: 'customer', id: ambient.id(), fields }], LABEL);
      await inStep(tab.client);
      return customers('readonly', (store) => store.count(['customer', CUSTOMER]));
    }, WITHIN)
    .toBe(1);
  rows.close();
  expect(asked).toContain('/sync/v1/repaired');
  expect(asked).not.toContain('/sync/v1/hello');
});

test('P5 a field that the role may not write is held with its reason, and the queue goes on', async () => {
  const { tab } = await personOn(TECHNICIAN);
  await tab.store.capture([{ kind: 'service_voucher', id: 'asset-one', fields: { number: 'X-1' } }], {
    ...LABEL,
    what: 'voucher',
  });
  await note(tab, '後面的照樣送到');
  const view = (await until(tab.store.outbox, (now) => now?.attention === 1 && now.unsent === 0)) as OutboxView;
  expect(view.items.map(({ what, state, problem }) => [what, state, problem])).toEqual([
    ['voucher', 'attention', 'operation.right'],
    ['customer.note', 'delivered', null],
  ]);
});

test('W4 two who wrote the same field see both values; one decision ends it on both sides', async () => {
  const phone = await personOn(TECHNICIAN);
  const desk = await personOn(CLERK);
  const [onPhone, onDesk] = [await customerOf(phone.tab), await customerOf(desk.tab)];
  await note(desk.tab, '辦公室寫的', onDesk);
  await inStep(desk.tab.client);
  await note(phone.tab, '現場寫的', onPhone);
  await inStep(phone.tab.client);
  const rival = desk.tab.store.document('customer', onDesk.id);
  const torn = await until(rival, (doc) => Object.keys(doc?.rivals ?? {}).length === 1);
  expect(torn?.rivals.note?.map(([, value]) => value).toSorted()).toEqual(['現場寫的', '辦公室寫的']);
  const seen = torn?.seen ?? onDesk.seen;
  await desk.tab.store.capture(
    [{ kind: 'customer', id: onDesk.id, seen, fields: { note: '辦公室寫的' }, resolve: true }],
    LABEL,
  );
  const settled = phone.tab.store.document('customer', onPhone.id);
  const after = await until(
    settled,
    (doc) => doc?.fields.note === '辦公室寫的' && Object.keys(doc.rivals).length === 0,
  );
  expect(after?.unsent).toBe(0);
  expect(await notes(desk.tab)).toEqual(expect.arrayContaining(['現場寫的', '辦公室寫的']));
});

test('an office that is killed in the middle gets everything once, at the same address', async () => {
  const { tab } = await personOn(TECHNICIAN);
  await office.kill();
  await note(tab, '斷電時寫的');
  expect(await atRest(tab.client)).toMatchObject({ state: 'waiting', problem: null });
  await note(tab, '斷電後寫的');
  await atRest(tab.client);
  await office.start();
  tab.client.sync();
  await inStep(tab.client);
  expect(await notes(tab)).toEqual(expect.arrayContaining(['斷電時寫的', '斷電後寫的']));
});

test('a session that ended elsewhere blocks sending, never capturing', async () => {
  const { tab, web } = await personOn(TECHNICIAN);
  await web.fetch('/api/session', { method: 'DELETE' });
  await note(tab, '過期後寫的');
  expect(await atRest(tab.client)).toMatchObject({ state: 'sign_in', problem: 'session.missing' });
  expect(await tab.client.session.signIn(TECHNICIAN.login, TECHNICIAN.password)).toBe('ready');
  await inStep(tab.client);
  expect(await notes(tab)).toContain('過期後寫的');
});

test('P1 a cloned phone: both branches reach the office', async () => {
  const original = await personOn(TECHNICIAN);
  await note(original.tab, '共同的');
  await inStep(original.tab.client);
  const disk = await copyDisk(original.disk);
  await note(original.tab, '本機的');
  await inStep(original.tab.client);
  await original.tab.kill();
  const clone = await deviceOf(original.web.fetch, browser(original.ambient, disk), () =>
    eventSource(original.web.fetch),
  ).tab();
  await note(clone, '複製的');
  await inStep(clone.client);
  await inStep(clone.client);
  expect(await notes(clone)).toEqual(expect.arrayContaining(['共同的', '本機的', '複製的']));
  expect(await faultsOf(disk)).toEqual([]);
});

test('H1 an office that is put back to a copy gets back what it lost, from every device, in one new epoch', async () => {
  const phone = await personOn(TECHNICIAN);
  const desk = await personOn(CLERK);
  await note(phone.tab, '備份前');
  await inStep(phone.tab.client);
  await office.backUp();
  for (const { tab } of [phone, desk]) tab.client.sync();
  await Promise.all([inStep(phone.tab.client), inStep(desk.tab.client)]);
  await note(phone.tab, '備份後');
  await note(desk.tab, '備份後，辦公室');
  await Promise.all([inStep(phone.tab.client), inStep(desk.tab.client)]);
  await office.putBack();
  await note(phone.tab, '還原後');
  for (const { tab } of [phone, desk]) tab.client.sync();
  await Promise.all([inStep(phone.tab.client), inStep(desk.tab.client)]);
  const every = await notes(desk.tab);
  for (const text of ['備份前', '備份後', '備份後，辦公室', '還原後']) {
    expect(every.filter((one) => one === text)).toEqual([text]);
  }
  const epochs = await Promise.all(
    [phone, desk].map(async ({ disk }) => (await onDisk(disk)).actors.map(({ record }) => record.epoch)),
  );
  expect(epochs[0]).toEqual(epochs[1]);
  expect(epochs[0]).toHaveLength(2);
  expect(await faultsOf(phone.disk)).toEqual([]);
});

const PNG = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII='),
  (one) => one.charCodeAt(0),
);
