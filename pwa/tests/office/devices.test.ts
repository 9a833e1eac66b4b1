import { expect, test, vi } from 'vitest';
import { fixtureClient } from '../../src/net/fixture.ts';
import { deviceRows, firstWaiting } from '../../src/ui/office/devices.ts';
import type { Held } from '../../src/ui/office/held.ts';
import { inboxItems } from '../../src/ui/office/inbox.ts';
import { keepQuarantines, readQuarantines, stageOf } from '../../src/ui/office/quarantines.ts';
import { dayWords } from '../../src/ui/office/values.ts';
import type { Quarantine } from '../../src/wire/bodies.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const phone = (over: object = {}) => doc('device', 'phone', { user: 'lin', place: 'field', ...over });
const lin = (over: object = {}) => doc('user', 'lin', { name: '林志豪', ...over });
const handedIn = (over: Partial<Quarantine> = {}): Quarantine => ({
  device: 'phone',
  device_name: 'Pixel',
  user: 'lin',
  user_name: '林志豪',
  cause: 'device',
  since: at(8),
  opened_at: at(9),
  closed_at: null,
  announced: 4,
  arrived: 2,
  waiting: 1,
  ...over,
});
const heard = (when: number, pending: number) => ({
  device: 'phone',
  at: when,
  pending,
  oldest_pending_at: null,
  app: '0.1.0',
  repairs: null,
  toldAt: at(11),
});

test.each([
  ['nothing was heard of it since', undefined, 'away'],
  ['it said that it has nothing, and more is known of', handedIn({ announced: 0, arrived: 0 }), 'coming'],
  ['it is handing in', handedIn(), 'coming'],
  ['everything is there', handedIn({ arrived: 4, closed_at: at(10) }), 'whole'],
  ['there was nothing to hand in', handedIn({ announced: 0, arrived: 0, closed_at: at(10) }), 'empty'],
] as const)('how far a stopped device has come: %s', (_, quarantine, stage) => {
  expect(stageOf(quarantine)).toBe(stage);
});

test.each([
  ['itself', phone({ revoked_at: at(8) }), lin(), { cause: 'device', since: at(8) }],
  ['with its account', phone(), lin({ deactivated_at: at(8) }), { cause: 'account', since: at(8) }],
  [
    'itself, after its account',
    phone({ revoked_at: at(10) }),
    lin({ deactivated_at: at(8) }),
    { cause: 'device', since: at(10) },
  ],
] as const)('what a device handed in since it was stopped %s belongs to its row', (_, device, user, stop) => {
  expect(deviceRows(books(device, user), [], [handedIn()])).toMatchObject([{ stop, quarantine: { arrived: 2 } }]);
});

test('what came while an account was closed is no state of its devices once it is open again', () => {
  expect(deviceRows(books(phone(), lin()), [], [handedIn({ cause: 'account' })])).toMatchObject([
    { stop: undefined, quarantine: undefined },
  ]);
});

test('of several quarantines of one device the newest counts', () => {
  const all = books(phone({ revoked_at: at(10) }), lin({ deactivated_at: at(8) }));
  const rows = deviceRows(all, [], [handedIn({ arrived: 1 }), handedIn({ since: at(10), arrived: 3 })]);
  expect(rows).toMatchObject([{ quarantine: { arrived: 3 } }]);
});

test('what a rescue file brings is measured by what the phone last said of itself', () => {
  const all = books(phone({ revoked_at: at(8) }));
  const announced = (contact: ReturnType<typeof heard>) =>
    deviceRows(all, [contact], [handedIn({ announced: 2 })])[0]?.quarantine?.announced;
  expect(announced(heard(at(7), 5))).toBe(5);
  expect(announced(heard(at(7), 0))).toBe(2);
  expect(announced(heard(at(9), 1))).toBe(2);
});

test('the way to a decision leads to the first entry of that device, a quarantined one where there is one', () => {
  const held = (actor: string, device: string, problem: Held['problem'], received_at: number): Held => ({
    actor,
    seq: 1,
    author: 'lin',
    author_name: '林志豪',
    place: 'field',
    problem,
    received_at,
    at: received_at,
    kind: 'customer',
    doc: 'c',
    fields: {},
    raw: null,
    applicable: [],
    device,
    group: 1,
  });
  const items = inboxItems(books(), [
    held('a-1', 'other', 'operation.quarantine', at(7)),
    held('a-2', 'phone', 'operation.right', at(8)),
    held('a-3', 'phone', 'operation.quarantine', at(9)),
    held('a-4', 'third', 'operation.right', at(9)),
  ]);
  const first = (device: string) => firstWaiting(items, device)?.id;
  expect(['phone', 'third', 'fourth'].map(first)).toEqual(['a-3.1', 'a-4.1', undefined]);
});

test('of each device the newest quarantine is read; who is not told asks nothing', async () => {
  const client = fixtureClient(null, {}, { 'GET /api/quarantines': [handedIn(), handedIn({ arrived: 3 })] });
  expect((await readQuarantines(client)).get('phone')?.arrived).toBe(3);
  const ask = vi.spyOn(client, 'ask');
  await keepQuarantines(client, false).refresh();
  expect(ask).not.toHaveBeenCalled();
  const told = keepQuarantines(client, true);
  await told.refresh();
  expect(told.list.get().list).toHaveLength(2);
});

test('a day is told without its year only within the year', () => {
  expect([at(9), at(9) - 365 * DAY_MS].map((day) => dayWords(day, at(11)))).toEqual(['11/23', '2025/11/23']);
});
