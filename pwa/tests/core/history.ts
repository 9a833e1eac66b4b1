import fc from 'fast-check';
import type { Past, StampedOperation } from '../../src/core/write.ts';
import type { Place } from '../../src/wire/vocabulary.ts';
import { type Admitted, type Device, type Field, World } from './world.ts';

const PLACES: readonly Place[] = ['field', 'field', 'office', 'office'];

/** Fields of every way of showing, with few values, so that equal ones meet. */
const VALUES: Readonly<Partial<Record<Field, readonly unknown[]>>> = {
  fault: ['不冷', '漏水', null],
  call: ['call-1', 'call-2'],
  en_route_at: [1, 2, null],
  amended_reason: ['甲', '乙'],
};
const FIELDS = Object.keys(VALUES) as Field[];

function chosen(field: number, value: number): Record<string, unknown> {
  const name = FIELDS[field % FIELDS.length] ?? 'fault';
  const values = VALUES[name] ?? [];
  return { [name]: values[value % values.length] };
}

type Move = (world: World, device: Device, field: number, value: number) => void;

const MOVES: Readonly<Record<string, Move>> = {
  open: (_, device) => {
    device.form = device.view;
  },
  write: (world, device, field, value) => world.write(device, [chosen(field, value)]),
  group: (world, device, field, value) => world.write(device, [chosen(field, value), chosen(field + 1, value)]),
  resolve: (world, device, field, value) => world.write(device, [chosen(field, value)], true),
  delete: (world, device, _, value) => world.write(device, [{ deleted: value > 0 ? true : null }]),
  push: (world, device, _, value) => world.push(device, value === 0),
  pull: (world, device) => world.pull(device),
  sync: (world, device) => {
    world.push(device);
    world.pull(device);
  },
  keep: (world, device, field) => {
    world.kept.set(field, { ...device });
  },
  putBack: (world, device, field) => {
    const copy = world.kept.get(world.devices.indexOf(device) === field ? field : -1);
    if (copy !== undefined) Object.assign(device, copy);
  },
  backUp: (world) => {
    world.backup = world.server;
  },
  restore: (world) => world.restore(),
};

const OFTEN = ['write', 'write', 'write', 'open', 'push', 'pull', 'sync', 'sync', 'resolve', 'group'];
const SELDOM = ['delete', 'keep', 'putBack', 'backUp', 'restore'];

/** What remains of a played history once everybody has met the last server. */
export interface History {
  readonly past: Past;
  readonly admitted: readonly Admitted[];
  readonly operations: readonly StampedOperation[];
  /** Nobody was named anew and the server never went back. */
  readonly plain: boolean;
}

const move = fc.tuple(
  fc.nat(PLACES.length - 1),
  fc.constantFrom(...OFTEN, ...OFTEN, ...SELDOM),
  fc.nat(PLACES.length - 1),
  fc.nat(3),
);

/** Histories as simulated devices play them: stale forms, rivals, resolutions, deletes, clones, restores. */
export const histories: fc.Arbitrary<History> = fc
  .array(move, { minLength: 10, maxLength: 50, size: 'max' })
  .map((moves) => {
    const world = new World(PLACES);
    for (const [who, what, field, value] of moves) {
      const device = world.devices[who];
      world.now += 30_000;
      if (device !== undefined) MOVES[what]?.(world, device, field, value);
    }
    for (const device of world.devices) world.push(device);
    const { admitted } = world.server;
    const operations = admitted.map((each) => each.operation);
    return { past: world.past(), admitted, operations, plain: world.names === 0 };
  });
