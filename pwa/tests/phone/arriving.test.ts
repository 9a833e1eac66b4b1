import { expect, test, vi } from 'vitest';
import { type Whereabouts, whereabouts } from '../../src/platform/whereabouts.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { Doing } from '../../src/ui/phone/doing.svelte.ts';
import { at } from '../office/made.ts';
import { kitOf } from './kit.ts';
import { GROUND, job } from './made.ts';

vi.mock('../../src/platform/whereabouts.ts', () => ({ whereabouts: vi.fn(async () => null) }));

const rows = [...GROUND, ...job('a', { visit: { en_route_at: at(9) } })] as FixtureRow[];
const HERE: Whereabouts = { latitude: 25_033_964, longitude: 121_564_472, accuracy: 12 };

test('F024 an arrival waits for no satellite: where it was follows when that is found', async () => {
  const { kit, captured, errand } = kitOf(rows);
  let found: (where: Whereabouts) => void = () => {};
  vi.mocked(whereabouts).mockReturnValueOnce(new Promise((resolve) => (found = resolve)));
  await errand('a');
  await new Doing(kit).advance('a');
  expect(captured.map(([edit]) => edit?.fields)).toEqual([
    { arrived_at: at(10), arrived_clock_offset_ms: 0, category: 'paid' },
  ]);
  found(HERE);
  await vi.waitFor(() => expect(captured).toHaveLength(2));
  expect(captured[1]?.[0]?.fields).toEqual({
    arrived_latitude: HERE.latitude,
    arrived_longitude: HERE.longitude,
    arrived_accuracy: HERE.accuracy,
  });
});

test('F024 a place that the person does not give is no trouble', async () => {
  const { kit, captured, errand } = kitOf(rows);
  await errand('a');
  const doing = new Doing(kit);
  await doing.advance('a');
  expect(captured).toHaveLength(1);
  expect(doing.trouble).toBeUndefined();
});

test('F024 a departure is taken back with one tap, and setting out once more writes its own time', async () => {
  const { kit, captured, told, errand } = kitOf([...GROUND, ...job('a')] as FixtureRow[]);
  await errand('a');
  const doing = new Doing(kit);
  await doing.advance('a');
  expect(told[0]?.message).toBe('已出發。');
  told[0]?.undo?.();
  await vi.waitFor(() => expect(captured).toHaveLength(2));
  await vi.waitFor(async () => expect((await errand('a')).state).toBe('planned'));
  await doing.advance('a');
  expect(captured.slice(1).map(([edit]) => edit?.fields)).toEqual([{ en_route_at: null }, { en_route_at: at(10) }]);
});

test('F024 an arrival is only put right, never taken back, and its departure not once he is there', async () => {
  const { kit, captured, told, errand } = kitOf([...GROUND, ...job('a')] as FixtureRow[]);
  await errand('a');
  const doing = new Doing(kit);
  await doing.advance('a');
  await doing.advance('a');
  expect(told.map(({ message }) => message)).toEqual(['已出發。', '已到達。']);
  expect(told[1]?.undo).toBeUndefined();
  told[0]?.undo?.();
  await Promise.resolve();
  expect(captured).toHaveLength(2);
  expect((await errand('a')).visit?.fields.en_route_at).toBe(at(10));
});

test('F024 nobody is asked where he is when he sets out', async () => {
  const { kit, errand } = kitOf([...GROUND, ...job('a')] as FixtureRow[]);
  vi.mocked(whereabouts).mockClear();
  await errand('a');
  await new Doing(kit).advance('a');
  expect(whereabouts).not.toHaveBeenCalled();
});
