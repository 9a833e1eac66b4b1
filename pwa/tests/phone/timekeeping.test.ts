import { expect, test, vi } from 'vitest';
import { fixtureClient } from '../../src/net/fixture.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Books } from '../../src/ui/books/books.ts';
import { changesOfTime, timeFaults, typedTime } from '../../src/ui/books/time_form.ts';
import { timeLines } from '../../src/ui/books/working_time.ts';
import { overlapWords } from '../../src/ui/parts/working_time.ts';
import { Doing } from '../../src/ui/phone/doing.svelte.ts';
import type { Kit } from '../../src/ui/phone/kit.ts';
import { Timekeeping } from '../../src/ui/phone/timekeeping.svelte.ts';
import { spans } from '../../src/ui/text/span.ts';
import { adminWorks } from '../../src/ui/text/vocabulary.ts';
import { workingTime } from '../../src/ui/text/working_time.ts';
import type { AdminTime } from '../../src/wire/kinds.ts';
import { at, books as booksOver, doc } from '../office/made.ts';
import { kitOf, NOW } from './kit.ts';
import { GROUND, job } from './made.ts';

const MINUTE_MS = 60_000;
const time = (id: string, fields: AdminTime) =>
  doc('admin_time', id, { unit: 'ban', user: 'lin', work: 'parts', ...fields });
const rowsOf = (...documents: readonly object[]) => [...GROUND, ...documents] as FixtureRow[];
const words = { text: workingTime.get(), works: adminWorks.get(), spans: spans.get() };

async function kept(...documents: readonly object[]) {
  const made = kitOf(rowsOf(...documents));
  await new Promise<Books>((resolve) => made.kit.books.subscribe((read) => read && resolve(read)));
  return made;
}
const linesIn = ({ books }: Kit) => timeLines(books.get() as Books, 'lin', NOW, () => true);

test('F006 one tap begins a line of general work that names neither customer nor call', async () => {
  const { kit, captured, told } = await kept();
  expect(await new Timekeeping(kit).start('parts', '')).toBe(true);
  expect(captured).toEqual([
    [
      {
        kind: 'admin_time',
        id: 'made-1',
        fields: { unit: 'ban', user: 'lin', work: 'parts', started_at: NOW },
      },
    ],
  ]);
  expect(told).toEqual([]);
});

test('F006 whoever begins another line ends the one that runs, in one group, and is told so', async () => {
  const { kit, captured, told } = await kept(time('one', { started_at: at(9, 25) }));
  await new Timekeeping(kit).start('other', '盤點');
  expect(captured[0]?.map(({ id, fields }) => [id, fields])).toEqual([
    ['one', { ended_at: NOW }],
    ['made-1', { unit: 'ban', user: 'lin', work: 'other', note: '盤點', started_at: NOW }],
  ]);
  expect(told.map(({ message }) => message)).toEqual(['開始另一項，「零件管理」結束，35 分。']);
});

test('F006 one tap ends a line, and it can run on', async () => {
  const { kit, captured, told } = await kept(time('one', { started_at: at(8, 45) }));
  const [line] = linesIn(kit);
  await new Timekeeping(kit).end(line?.doc as never);
  expect(captured[0]?.map(({ fields }) => fields)).toEqual([{ ended_at: NOW }]);
  expect(told[0]?.message).toBe('「零件管理」結束，1 小時 15 分。');
  told[0]?.undo?.();
  await vi.waitFor(() => expect(captured[1]?.map(({ fields }) => fields)).toEqual([{ ended_at: null }]));
});

test('F006 setting out to a job ends what runs, in the same group, says so, and both are taken back with one tap', async () => {
  const { kit, captured, told, errand } = kitOf(rowsOf(...job('a'), time('one', { started_at: at(9, 20) })));
  await errand('a');
  await new Doing(kit).advance('a');
  expect(captured[0]?.map(({ kind, fields }) => [kind, 'ended_at' in fields ? fields.ended_at : undefined])).toEqual([
    ['service_visit', undefined],
    ['admin_time', NOW],
  ]);
  expect(told.map(({ message }) => message)).toEqual(['已出發。「零件管理」結束，40 分。']);
  told[0]?.undo?.();
  await vi.waitFor(() => expect(captured).toHaveLength(2));
  expect(captured[1]?.map(({ id, fields }) => [id, fields])).toEqual([
    ['a', { en_route_at: null }],
    ['one', { ended_at: null }],
  ]);
  await vi.waitFor(async () => expect((await errand('a')).state).toBe('planned'));
  expect(linesIn(kit).map(({ until }) => until)).toEqual([undefined]);
});

test('F006 setting out with nothing running says nothing of general work', async () => {
  const { kit, captured, told, errand } = kitOf(
    rowsOf(
      ...job('a'),
      time('one', { started_at: at(9), ended_at: at(9, 20) }),
      time('two', { user: 'chou', started_at: at(9) }),
    ),
  );
  await errand('a');
  await new Doing(kit).advance('a');
  expect([captured[0]?.length, told.map(({ message }) => message)]).toEqual([1, ['已出發。']]);
});

test('F006 a line is stamped by the clock that is right, not by a phone whose clock is off', async () => {
  const { kit, captured } = await kept();
  const slow = fixtureClient(kit.client.session.me.get() as never, { clockOffsetMs: 20 * MINUTE_MS });
  await new Timekeeping({ ...kit, client: { ...kit.client, status: slow.status } }).start('tools', '');
  expect(captured[0]?.[0]?.fields).toMatchObject({ started_at: NOW + 20 * MINUTE_MS });
});

test('F006 what was removed comes back', async () => {
  const { kit, captured, told } = await kept(time('one', { started_at: at(9), ended_at: at(9, 30) }));
  const [line] = linesIn(kit);
  await new Timekeeping(kit).remove(line?.doc as never);
  told[0]?.undo?.();
  await vi.waitFor(() => expect(captured).toHaveLength(2));
  expect(captured.map(([edit]) => edit?.fields)).toEqual([{ deleted: true }, { deleted: null }]);
});

test('F006 a line tells whose job and which other work it overlaps, in plain words', () => {
  const all = booksOver(
    ...GROUND,
    ...job('a', { visit: { technician: 'lin', arrived_at: at(9, 10), finished_at: at(9, 40) } }),
    ...job('b', { visit: { technician: 'chou', arrived_at: at(9), finished_at: at(10) } }),
    time('one', { started_at: at(9), ended_at: at(9, 30) }),
    time('two', { work: 'training', started_at: at(9, 25), ended_at: at(9, 50) }),
    time('chou', { user: 'chou', started_at: at(9), ended_at: at(10) }),
  );
  const lines = timeLines(all, 'lin', NOW, () => true);
  expect(lines.map(({ id, minutes, overlapped }) => [id, minutes, overlapped])).toEqual([
    ['one', 30, 20],
    ['two', 25, 15],
  ]);
  expect(lines[0]?.overlaps.map((overlap) => overlapWords(overlap, words))).toEqual([
    '和陳美惠的工單重疊 20 分',
    '和「短期在職訓練」重疊 5 分',
  ]);
});

test('F006 other work says which, what is written down afterwards is over, and nothing ends before it begins', () => {
  const typed = typedTime({ work: 'parts', started_at: at(9), ended_at: at(9, 30) });
  const faults = (over: object, runs = false) => timeFaults({ ...typed, ...over }, NOW, runs);
  expect(faults({})).toEqual({});
  expect(faults({ work: 'other', note: ' ' })).toEqual({ note: 'note' });
  expect(faults({ work: 'other', note: '盤點' })).toEqual({});
  expect(faults({ work: '' })).toEqual({ work: 'required' });
  expect(faults({ ended_at: '' })).toEqual({ ended_at: 'required' });
  expect(faults({ ended_at: '' }, true)).toEqual({});
  expect(faults({ ended_at: '2026-11-23T08:59' })).toEqual({ ended_at: 'reversed' });
  expect(faults({ ended_at: '2026-11-23T10:01' })).toEqual({ ended_at: 'future' });
  expect(faults({ started_at: 'soon' })).toEqual({ started_at: 'unreadable' });
});

test('F006 a time that nobody touched keeps its seconds', () => {
  const before = typedTime({ work: 'parts', started_at: at(9) + 41_000, ended_at: at(9, 30), note: '備品' });
  expect(changesOfTime(before, { ...before, note: ' ' })).toEqual({ note: null });
  expect(changesOfTime(before, { ...before, started_at: '2026-11-23T09:05' })).toEqual({ started_at: at(9, 5) });
  expect(changesOfTime(before, before)).toEqual({});
});
