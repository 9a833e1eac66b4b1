// @vitest-environment node
import { expect, test, vi } from 'vitest';
import type { Entrusted } from '../../src/wire/protocol.ts';
import { until } from '../store/world.ts';
import { Problem } from './answers.ts';
import { inStep, technician } from './device.ts';
import type { FakeOffice } from './office.ts';

type At = Awaited<ReturnType<typeof technician>>;

/** A group that the office wrote itself, at the end of its log. */
function entrust(office: FakeOffice, name: string, text = `["${name}"]`): Entrusted {
  office.write('dispatch', name, { call: 'call-0001' });
  const actor = { actor: 'server-start-1', company: 'company-one', device: 'server', user: 'server' };
  const { epoch, position } = office.log;
  const group: Entrusted = {
    actor: { ...actor, place: 'office', epoch, parent: null, parent_seq: 0 },
    past: [],
    first: position,
    author: 'clerk-one',
    place: 'office',
    operations: [text],
    heads: ['a'.repeat(64)],
    stamps: [[epoch, position, office.now(), office.now(), 'applied', 'server', null]],
    signature: 'c2lnbmVk',
  };
  office.own.groups.set(position, group);
  return group;
}

/** A group of a colleague's phone, at the end of the office's log; the number is its place in the phone's chain. */
function handIn(office: FakeOffice, first: number, actor = 'phone-two-1'): Entrusted {
  const own = entrust(office, `visit-${actor}-${first}`);
  const group = { ...own, first, actor: { ...own.actor, actor, device: 'phone-two', place: 'field' as const } };
  office.own.groups.set(office.log.position, group);
  return group;
}

const numbers = ({ office }: At) => office.own.givenBack.map(({ actor, first }) => [actor.actor, first]);

const kept = ({ phone }: At) => phone.store.device.entrusted.next(['', 0], null, 100);
const asked = ({ office }: At) => office.requests.filter((one) => one === 'GET /sync/v1/entrusted').length;

async function meet({ phone }: At) {
  phone.client.sync();
  await inStep(phone.client);
}

test('H7 a device keeps what the office wrote from its first day on, and nothing of before', async () => {
  const at = await technician((office) => void entrust(office, 'dispatch-old'));
  const fresh = entrust(at.office, 'dispatch-new');
  await meet(at);
  expect(await kept(at)).toEqual([fresh]);
});

test('H7 what does not fit into one answer comes with the next', async () => {
  const at = await technician();
  at.office.own.atOnce = 2;
  const groups = ['one', 'two', 'three', 'four', 'five'].map((name) => entrust(at.office, `dispatch-${name}`));
  await meet(at);
  expect(await kept(at)).toEqual(groups);
});

test('H7 a command is answered once what the office wrote for it is kept here', async () => {
  const at = await technician();
  let group: Entrusted | undefined;
  at.office.before = (path) => {
    if (path === '/api/session/device') group = entrust(at.office, 'dispatch-new');
  };
  await at.phone.client.ask('POST', '/api/session/device', { device: 'device-1', signature: '' }).catch(() => {});
  expect(group).toBeDefined();
  at.office.before = (path) => {
    if (path === '/api/emptied') group = entrust(at.office, 'dispatch-newer');
  };
  await at.phone.client.ask('POST', '/api/emptied');
  expect(await kept(at)).toContainEqual(group);
});

test('H7 a command stands even if what it wrote could not be fetched; it comes with the next meeting', async () => {
  const at = await technician();
  let group: Entrusted | undefined;
  at.office.before = (path) => {
    if (path === '/api/emptied') group = entrust(at.office, 'dispatch-new');
    if (path === '/sync/v1/entrusted') throw new TypeError('no network');
  };
  expect(await at.phone.client.ask('POST', '/api/emptied')).toBeNull();
  expect(await kept(at)).toEqual([]);
  at.office.before = () => {};
  await meet(at);
  expect(await kept(at)).toEqual([group]);
});

test('H7 pokes that follow one another ask once in a minute', async () => {
  const at = await technician();
  const before = asked(at);
  for (let n = 0; n < 5; n += 1) {
    at.office.write('customer', 'customer-1', { name: `${n}` });
    at.phone.poke();
    await until(at.phone.store.documents('customer'), (docs) => docs?.[0]?.fields.name === `${n}`);
    await inStep(at.phone.client);
  }
  expect(asked(at)).toBe(before);
  at.ambient.time += 60_000;
  at.phone.poke();
  await until(at.phone.client.status, () => asked(at) > before);
});

test('H7 after a restore everything kept goes back, before anything of the person himself, and only once', async () => {
  const at = await technician();
  const backup = at.office.backup();
  const groups = Array.from({ length: 120 }, (_, n) => entrust(at.office, `dispatch-${n + 100}`));
  await meet(at);
  at.office.own.groups.clear();
  at.office.restore(backup);
  at.office.requests.length = 0;
  await meet(at);
  expect(at.office.own.givenBack.map(({ first }) => first).sort((one, other) => one - other)).toEqual(
    groups.map(({ first }) => first),
  );
  const [given, offered] = ['POST /sync/v1/entrusted', 'POST /sync/v1/offer'].map((one) =>
    at.office.requests.indexOf(one),
  );
  expect(offered === -1 || (given ?? 0) < (offered ?? 0)).toBe(true);
  await meet(at);
  expect(at.office.own.givenBack).toHaveLength(120);
  expect(await kept(at)).toHaveLength(100);
});

test('A3 what the office wrote on top of a device’s work goes back behind that work', async () => {
  const at = await technician();
  const backup = at.office.backup();
  const applied = entrust(at.office, 'visit-applied');
  const named = { parent: 'phone-two-1', parent_seq: 1, parent_head: 'a'.repeat(64) };
  const own = { ...applied, actor: { ...applied.actor, actor: 'server-applied', ...named } };
  at.office.own.groups.set(at.office.log.position, own);
  handIn(at.office, 1);
  entrust(at.office, 'dispatch-one');
  await meet(at);
  at.office.own.groups.clear();
  at.office.restore(backup);
  await meet(at);
  expect(numbers(at).map(([actor]) => actor)).toEqual(['server-start-1', 'phone-two-1', 'server-applied']);
});

test('H7 what the office wrote itself goes back before what devices wrote, however their chains are named', async () => {
  const at = await technician();
  const backup = at.office.backup();
  for (let n = 1; n <= 60; n += 1) handIn(at.office, n, '01phone');
  handIn(at.office, 1, 'zz-phone');
  const own = entrust(at.office, 'dispatch-new');
  await meet(at);
  at.office.restore(backup);
  await meet(at);
  expect(at.office.own.givenBack[0]).toEqual(own);
  expect([...at.office.own.chains]).toEqual([
    ['01phone', 60],
    ['zz-phone', 1],
  ]);
});

test('H2 of another device’s chain only what the office lost is brought back', async () => {
  const at = await technician();
  const groups = Array.from({ length: 120 }, (_, n) => handIn(at.office, n + 1));
  const backup = at.office.backup();
  handIn(at.office, 121);
  await meet(at);
  at.office.own.chains.set('phone-two-1', groups.length);
  at.office.restore(backup);
  await meet(at);
  expect(numbers(at).filter(([, first]) => first === 121)).toHaveLength(1);
  expect(numbers(at).length).toBeLessThan(60);
  expect(at.office.own.chains.get('phone-two-1')).toBe(121);
});

test('H2 what did not fit is brought again once somebody has brought what comes before it', async () => {
  const at = await technician();
  const backup = at.office.backup();
  handIn(at.office, 7, 'phone-two-1');
  handIn(at.office, 8, 'phone-two-1');
  handIn(at.office, 1, 'phone-two-2');
  await meet(at);
  at.office.restore(backup);
  await meet(at);
  expect([...at.office.own.chains]).toEqual([['phone-two-2', 1]]);
  at.office.own.givenBack.length = 0;
  await meet(at);
  expect(numbers(at).every(([actor]) => actor === 'phone-two-1')).toBe(true);
  at.office.own.chains.set('phone-two-1', 6);
  await meet(at);
  expect(at.office.own.chains.get('phone-two-1')).toBe(8);
  at.office.own.givenBack.length = 0;
  await meet(at);
  expect(numbers(at)).toEqual([]);
});

test('E3 an office that is put back once more, to before it took something back, gets it again', async () => {
  const at = await technician();
  const backup = at.office.backup();
  const lost = entrust(at.office, 'dispatch-lost');
  await meet(at);
  at.office.restore(backup);
  let between = backup;
  at.office.before = (path) => {
    if (path === '/sync/v1/pull') throw new TypeError('no network any more');
    if (path !== '/sync/v1/entrusted') return;
    between = at.office.backup();
    at.office.write('customer', 'customer-1', { name: '甲' });
  };
  at.phone.client.sync();
  await until(at.phone.client.status, () => at.office.own.givenBack.length > 0);
  at.office.before = () => {};
  at.office.restore(between);
  await meet(at);
  expect(at.office.log.epoch).toBe('epoch-of-start-3');
  expect(at.office.own.givenBack).toEqual([lost, lost]);
});

test('E3 each request says what the answer before has proven', async () => {
  const at = await technician();
  const backup = at.office.backup();
  Array.from({ length: 120 }, (_, n) => entrust(at.office, `dispatch-${n + 100}`));
  await meet(at);
  at.office.restore(backup);
  await meet(at);
  const proven = (await at.phone.store.device.entrusted.reached())?.proof;
  expect(proven?.epoch).toBe(at.office.log.epoch);
  expect(at.office.own.marks).toHaveLength(2);
  expect(at.office.own.marks.every((mark) => JSON.parse(mark).epoch === at.office.log.epoch)).toBe(true);
});

test('H7 an office that was put back to before what is kept here is noticed by that alone', async () => {
  const at = await technician();
  const group = entrust(at.office, 'dispatch-new');
  const backup = at.office.backup();
  at.office.write('customer', 'customer-1', { name: '甲' });
  const later = entrust(at.office, 'dispatch-newer');
  // The rows never come, only what the office entrusts.
  await at.phone.client.ask('POST', '/api/emptied');
  expect(await kept(at)).toEqual([group, later]);
  at.office.restore(backup);
  await meet(at);
  expect(at.office.log.epoch).toBe('epoch-of-start-2');
  expect(at.office.own.givenBack).toContainEqual(later);
});

test('H7 nothing of a new epoch is kept before it got back what is kept already', async () => {
  const at = await technician();
  const backup = at.office.backup();
  const lost = entrust(at.office, 'dispatch-lost');
  await meet(at);
  at.office.restore(backup);
  at.office.log = { ...at.office.log, epoch: 'epoch-two', lineage: [...at.office.log.lineage, ['epoch-two', null, 0]] };
  await at.phone.client.ask('POST', '/api/emptied');
  expect((await at.phone.store.device.entrusted.reached())?.epoch).toBe('epoch-one');
  await meet(at);
  expect(at.office.own.givenBack).toEqual([lost]);
  expect((await at.phone.store.device.entrusted.reached())?.epoch).toBe('epoch-two');
});

test('L3 a poke alone, without a hello, shows that the office was put back to before what is shown', async () => {
  const at = await technician();
  const backup = at.office.backup();
  const lost = entrust(at.office, 'dispatch-lost');
  await meet(at);
  at.office.restore(backup);
  at.office.requests.length = 0;
  at.phone.poke();
  await until(at.phone.client.status, () => at.office.own.givenBack.length > 0);
  expect(at.office.requests[0]).toBe('GET /sync/v1/pull');
  expect(at.office.own.givenBack).toEqual([lost]);
});

test('H7 a command alone does not put a newer mark in the place of the one that proves a loss', async () => {
  const at = await technician();
  const backup = at.office.backup();
  const lost = entrust(at.office, 'dispatch-lost');
  await meet(at);
  const before = await at.phone.store.device.entrusted.reached();
  at.office.restore(backup);
  at.office.before = (path) => {
    if (path === '/sync/v1/pull' || path === '/sync/v1/hello') throw new TypeError('no network');
  };
  await at.phone.client.ask('POST', '/api/emptied');
  expect(await at.phone.store.device.entrusted.reached()).toEqual(before);
  at.office.before = () => {};
  await meet(at);
  expect(at.office.own.givenBack).toEqual([lost]);
});

test('H7 an office of an older version gets everything once it knows of it', async () => {
  const at = await technician();
  const backup = at.office.backup();
  const lost = entrust(at.office, 'dispatch-lost');
  await meet(at);
  at.office.restore(backup);
  at.office.before = (path) => {
    if (path === '/sync/v1/entrusted') throw new Problem('request.not_found');
  };
  await meet(at);
  expect(at.office.own.givenBack).toEqual([]);
  at.office.before = () => {};
  await meet(at);
  expect(at.office.own.givenBack).toEqual([lost]);
});

test('H7 one group that the office will never take costs its neighbours nothing', async () => {
  const at = await technician();
  const backup = at.office.backup();
  const groups = ['one', 'two', 'three'].map((name) => entrust(at.office, `dispatch-${name}`));
  await meet(at);
  at.office.restore(backup);
  at.office.own.unwanted = groups[1]?.first ?? 0;
  await meet(at);
  expect(at.office.own.givenBack.map(({ first }) => first)).toEqual([groups[0]?.first, groups[2]?.first]);
});

test('H7 copies that cannot be kept stand in the way of nothing else', async () => {
  const at = await technician();
  at.office.before = (path) => {
    if (path === '/sync/v1/entrusted') throw new Problem('server.defect');
  };
  at.office.write('customer', 'customer-1', { name: '甲' });
  await meet(at);
  await until(at.phone.store.documents('customer'), (docs) => docs?.length === 1);
});

test('H7 a disk without room for copies stands in the way of nothing else', async () => {
  const at = await technician();
  const { entrusted } = at.phone.store.device;
  const full = vi.spyOn(entrusted, 'keep').mockRejectedValue(new DOMException('no room', 'QuotaExceededError'));
  at.office.write('customer', 'customer-1', { name: '甲' });
  await meet(at);
  await until(at.phone.store.documents('customer'), (docs) => docs?.length === 1);
  expect(full).toHaveBeenCalled();
  expect(at.phone.client.status.get().state).toBe('idle');
});

test('H7 whoever was stopped keeps no copies any more', async () => {
  const at = await technician();
  entrust(at.office, 'dispatch-new');
  await meet(at);
  expect(await kept(at)).toHaveLength(1);
  at.office.before = (path) => {
    if (path.startsWith('/sync/v1/')) throw new Problem('device.revoked');
  };
  at.phone.client.sync();
  await until(at.phone.client.status, ({ state }) => state === 'revoked');
  await vi.waitFor(async () => expect(await kept(at)).toEqual([]));
});

test('H7 an answer that comes after somebody else has signed in is kept for nobody', async () => {
  const at = await technician();
  const { device } = at.phone.store;
  const me = device.person.me.get();
  if (!me) throw new Error('nobody');
  entrust(at.office, 'dispatch-new');
  const page = { epoch: 'epoch-one', more: false, mark: 'mark', groups: [] };
  await device.person.become({ ...me, user: 'technician-two' });
  await expect(device.entrusted.keep(page, me)).rejects.toThrow();
  expect(await device.entrusted.reached(me)).not.toMatchObject({ mark: 'mark' });
});

test('H7 a giving back that broke off begins again and leaves nothing out', async () => {
  const at = await technician();
  const backup = at.office.backup();
  const groups = Array.from({ length: 120 }, (_, n) => entrust(at.office, `dispatch-${n + 100}`));
  await meet(at);
  at.office.restore(backup);
  let times = 0;
  at.office.before = (path) => {
    if (path !== '/sync/v1/entrusted') return;
    times += 1;
    if (times === 2) throw new TypeError('no network');
  };
  at.phone.client.sync();
  await until(at.phone.client.status, ({ state }) => state === 'waiting');
  await meet(at);
  expect(new Set(at.office.own.givenBack.map(({ first }) => first)).size).toBe(groups.length);
});

test('H7 long groups go in requests of their own', async () => {
  const at = await technician();
  const backup = at.office.backup();
  for (const name of ['one', 'two', 'three']) entrust(at.office, `dispatch-${name}`, 'x'.repeat(131_000));
  await meet(at);
  at.office.restore(backup);
  at.office.requests.length = 0;
  await meet(at);
  expect(at.office.requests.filter((one) => one === 'POST /sync/v1/entrusted')).toHaveLength(3);
  expect(at.office.own.givenBack).toHaveLength(3);
});

test('H7 what every backup has by now, by the office’s clock, is let go of', async () => {
  const at = await technician();
  const old = entrust(at.office, 'dispatch-old');
  at.ambient.time += 59 * 86_400_000;
  await meet(at);
  expect(await kept(at)).toEqual([old]);
  at.ambient.time += 2 * 86_400_000;
  const fresh = entrust(at.office, 'dispatch-new');
  await meet(at);
  expect(await kept(at)).toEqual([fresh]);
});

test('H7 nobody sees what another person of this browser keeps', async () => {
  const at = await technician();
  entrust(at.office, 'dispatch-new');
  await meet(at);
  const me = at.phone.store.device.person.me.get();
  await at.phone.store.device.person.become(me ? { ...me, user: 'technician-two' } : null);
  expect(await kept(at)).toEqual([]);
  expect(await at.phone.store.device.entrusted.reached()).toBeNull();
});

test('H7 an office that will not hear of it does not stand in the way', async () => {
  const at = await technician();
  at.office.before = (path) => {
    if (path === '/sync/v1/entrusted') throw new Problem('request.not_found');
  };
  await meet(at);
  expect(at.phone.client.status.get().state).toBe('idle');
});
