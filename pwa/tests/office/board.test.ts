import { expect, test } from 'vitest';
import { calendarOf } from '../../src/rules/arrival.ts';
import { type Block, drawn, inRows, type Lane, lanesOf, townOf } from '../../src/ui/office/board.ts';
import { firstSeen, fitsInto, frameOf, quarterFrom, shareOf, snapped } from '../../src/ui/office/board_hours.ts';
import { proposing } from '../../src/ui/office/proposals.ts';
import { fitOf, suggestionsFor } from '../../src/ui/office/suggestion.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const now = at(10, 40);
const day = at(0);
const calendar = calendarOf('Asia/Taipei', undefined, [{ date: '2026-11-24', hours: '' }]);
const frame = frameOf(calendar, now);

const PEOPLE = ['林志豪', '周俊宏', '許家銘'] as const;
const people = [
  doc('unit', 'ban', { name: '板橋服務中心', time_zone: 'Asia/Taipei' }),
  ...PEOPLE.flatMap((name, i) => [
    doc('user', `t-${i}`, { name }),
    doc('role_grant', `g-${i}`, { unit: 'ban', user: `t-${i}`, role: 'technician' }),
  ]),
  doc('user', 'clerk', { name: '林佳蓉' }),
  doc('asset', 'a', { unit: 'ban', product: '洗衣機', model_no: 'KW-130' }),
];
const call = (id: string, fields: Kinds['service_call'] = {}) =>
  doc('service_call', id, {
    unit: 'ban',
    contact_name: id,
    asset: 'a',
    district: '三峽區',
    category: 'paid',
    received_at: at(9),
    due_at: at(16),
    ...fields,
  });
const sent = (id: string, technician: string, plannedAt: number, over: Kinds['dispatch'] = {}) =>
  doc('dispatch', id, { unit: 'ban', call: id, technician, planned_at: plannedAt, dispatched_at: at(8), ...over });
const visit = (id: string, fields: Kinds['service_visit']) =>
  doc('service_visit', id, { unit: 'ban', call: id, ...fields });
const lanes = (...documents: Parameters<typeof books>) =>
  lanesOf(books(...people, ...documents), { unit: 'ban', day, now });
const blocks = (...documents: Parameters<typeof books>) => lanes(...documents).flatMap((lane) => lane.blocks);
const block = (id: string, from: number, to: number): Block => ({
  id,
  call: id,
  technician: 't-0',
  customer: '',
  town: '',
  product: '',
  category: undefined,
  state: 'planned',
  undone: false,
  by: '',
  limit: undefined,
  plannedAt: from,
  lastsMs: 0,
  from,
  to,
  leftOver: false,
});

test('a day shows the hours in which its unit works, and what of them is closed', () => {
  expect([frame.from, frame.to]).toEqual([at(9), at(18)]);
  expect(frame.closed).toEqual([[at(12), at(13)]]);
  expect(frame.hours).toHaveLength(9);
  const half = frameOf(calendarOf('Asia/Taipei', { monday: '08:30-11:45' }, []), now);
  expect([half.from, half.to]).toEqual([at(8), at(12)]);
  expect(half.closed).toEqual([
    [at(8), at(8, 30)],
    [at(11, 45), at(12)],
  ]);
});

test('a day on which nobody works shows the usual hours, all closed', () => {
  const free = frameOf(calendar, now + DAY_MS);
  expect([free.from, free.to]).toEqual([at(9) + DAY_MS, at(18) + DAY_MS]);
  expect(free.closed).toEqual([[free.from, free.to]]);
});

test('a day shows whole hours more where somebody works outside of the unit’s', () => {
  const wide = frameOf(calendar, now, [
    [at(7, 40), at(8, 20)],
    [at(18, 30), at(19, 10)],
  ]);
  expect([wide.from, wide.to]).toEqual([at(7), at(20)]);
  expect(wide.closed[0]).toEqual([at(7), at(9)]);
});

test('a frame that is wider than its place is shown from an hour ago, of another day from its opening', () => {
  expect(firstSeen(frame, at(14))).toBe(at(13));
  const early = frameOf(calendar, now, [[at(7, 40), at(8, 20)]]);
  expect(firstSeen(early, undefined)).toBe(at(9));
  expect(firstSeen(frameOf(calendar, now + DAY_MS), undefined)).toBe(at(9) + DAY_MS);
});

test('an instant stands where its share of the shown hours is, and snaps to a quarter inside of them', () => {
  expect([at(8), at(9), at(13, 30), at(18), at(20)].map((each) => shareOf(frame, each))).toEqual([0, 0, 0.5, 1, 1]);
  expect([at(10, 7), at(10, 8), at(5), at(23)].map((each) => snapped(frame, each))).toEqual([
    at(10),
    at(10, 15),
    at(9),
    at(17, 45),
  ]);
  expect([quarterFrom(at(10, 40)), quarterFrom(at(10, 45))]).toEqual([at(10, 45), at(10, 45)]);
  expect([at(10), at(11), at(11, 15), at(12)].map((each) => fitsInto(frame.open, each))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('everybody who can be sent has a lane, and whoever cannot any more as long as he has a job', () => {
  const left = [doc('user', 'gone', { name: '謝育德', deactivated_at: 1 }), call('x'), sent('x', 'gone', at(14))];
  expect(lanes().map(({ name, jobs, rows }) => [name, jobs, rows])).toEqual([
    ['周俊宏', 0, 1],
    ['林志豪', 0, 1],
    ['許家銘', 0, 1],
  ]);
  expect(lanes(...left).map(({ name, able, jobs }) => [name, able, jobs])).toContainEqual(['謝育德', false, 1]);
});

test('a finished visit lasts from arrival to its end, one under way until now at least, a planned one an hour', () => {
  const documents = [
    ...['done', 'short', 'long', 'planned', 'car'].map((id) => call(id)),
    sent('done', 't-0', at(9)),
    visit('done', { arrived_at: at(9, 6), finished_at: at(10, 16), outcome: 'fixed' }),
    sent('short', 't-1', at(10)),
    visit('short', { arrived_at: at(10, 2) }),
    sent('long', 't-2', at(9)),
    visit('long', { arrived_at: at(9, 12) }),
    sent('planned', 't-0', at(13)),
    sent('car', 't-1', at(11, 30)),
    visit('car', { en_route_at: at(10, 35) }),
  ];
  expect(Object.fromEntries(blocks(...documents).map(({ id, state, from, to }) => [id, [state, from, to]]))).toEqual({
    done: ['finished', at(9, 6), at(10, 16)],
    short: ['on_site', at(10, 2), at(11)],
    long: ['on_site', at(9, 12), now],
    planned: ['planned', at(13), at(14)],
    car: ['en_route', at(11, 30), at(12, 30)],
  });
});

test('what was called back, is over without a visit, or is of another day or unit stands in no lane', () => {
  const documents = [
    ...['back', 'gone', 'tomorrow', 'there'].map((id) => call(id, id === 'gone' ? { withdrawn_at: at(9) } : {})),
    sent('back', 't-0', at(11), { cancelled_at: at(9) }),
    sent('gone', 't-0', at(11)),
    sent('tomorrow', 't-0', at(11) + DAY_MS),
    sent('there', 't-0', at(11), { unit: 'tyn' }),
  ];
  expect(blocks(...documents)).toEqual([]);
});

test('what is left of an earlier day stands at the opening of today, until it is done', () => {
  const documents = [
    call('left'),
    sent('left', 't-0', at(15) - 3 * DAY_MS),
    call('did'),
    sent('did', 't-0', at(15) - DAY_MS),
  ];
  const shown = blocks(...documents, visit('did', { arrived_at: at(15) - DAY_MS, finished_at: at(16) - DAY_MS }));
  expect(shown.map(({ id, leftOver, from, to }) => [id, leftOver, from, to])).toEqual([['left', true, at(9), at(10)]]);
  const tomorrow = lanesOf(books(...people, ...documents), { unit: 'ban', day: day + DAY_MS, now });
  expect(tomorrow.flatMap((lane) => lane.blocks)).toEqual([]);
});

test('F023 a block tells whose job it is and how long until somebody has to be there', () => {
  const [one] = blocks(call('王建國', { due_at: at(10) }), sent('王建國', 't-0', at(10, 40)));
  expect(one).toMatchObject({ customer: '王建國', town: '三峽', product: '洗衣機', category: 'paid' });
  expect(one?.limit).toEqual({ tone: 'late', minutes: -40 });
});

test('overlapping blocks of one person stand in sub-rows, each as wide as an hour at least', () => {
  const rows = inRows([
    block('c', at(11), at(12)),
    block('a', at(9), at(9, 20)),
    block('b', at(9, 30), at(11)),
    block('d', at(11), at(12)),
    block('e', at(11, 30), at(12)),
  ]).map(({ id, row }) => [id, row]);
  expect(rows).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 0],
    ['d', 1],
    ['e', 2],
  ]);
  expect(drawn({ from: at(9), to: at(9, 20) })).toEqual([at(9), at(10)]);
});

test('a board of 40 people and 300 jobs shows every job', () => {
  const crew = Array.from({ length: 40 }, (_, i) =>
    doc('role_grant', `m-${i}`, { unit: 'ban', user: `m-${i}`, role: 'technician' }),
  );
  const work = Array.from({ length: 300 }, (_, i) => [
    call(`j-${i}`),
    sent(`j-${i}`, `m-${i % 40}`, at(9 + (i % 9), 15 * (i % 4))),
  ]).flat();
  const full = lanes(...crew, ...work);
  expect(full.flatMap((lane) => lane.blocks)).toHaveLength(300);
  for (const { blocks: placed } of full) {
    for (const one of placed) {
      const beside = placed.filter(({ id, row }) => id !== one.id && row === one.row);
      for (const other of beside) expect(drawn(other)[1] <= one.from || drawn(one)[1] <= other.from).toBe(true);
    }
  }
});

test('F015 a proposal stands dashed in the lane of whom it names, as long as its call waits', () => {
  const proposed = { proposed_technician: 't-2', proposed_for: at(11), proposed_by: 'clerk' };
  const waits = call('x', proposed);
  expect(blocks(waits)).toMatchObject([{ id: 'x', technician: 't-2', state: 'proposed', by: '林佳蓉', from: at(11) }]);
  expect(lanes(waits).map(({ jobs }) => jobs)).toEqual([0, 0, 0]);
  expect(blocks(waits, sent('x', 't-0', at(14))).map(({ state }) => state)).toEqual(['planned']);
  expect(blocks(call('x', { ...proposed, withdrawn_at: at(9) }))).toEqual([]);
  expect(blocks(call('x', { ...proposed, proposed_technician: 'nobody' }))).toEqual([]);
});

test('F015 a proposal that was followed and called back is not offered again', () => {
  const waits = call('x', { proposed_technician: 't-2', proposed_for: at(11), proposed_by: 'clerk' });
  expect(blocks(waits, sent('x', 't-2', at(11), { cancelled_at: at(10) }))).toEqual([]);
  expect(blocks(waits, sent('x', 't-1', at(11), { cancelled_at: at(10) }))).toHaveLength(1);
});

test('F015 a proposal is written with who makes it, and taken back as a whole', () => {
  const one = { call: call('x') };
  expect(proposing(one, { technician: 't-1', at: at(11) }, 'clerk').fields).toEqual({
    proposed_technician: 't-1',
    proposed_for: at(11),
    proposed_by: 'clerk',
  });
  expect(Object.values(proposing(one, undefined, 'clerk').fields)).toEqual([null, null, null]);
});

const suggested = (documents: Parameters<typeof books>, over: Kinds['service_call'] = {}, present = now) => {
  const shown = lanesOf(books(...people, ...documents), { unit: 'ban', day, now: present });
  return suggestionsFor(shown, frame, call('x', over), present).map(({ name, at: when, town }) => [name, when, town]);
};

test('who is free first is suggested first, then who is near, then who has least to do', () => {
  const near = [
    call('a'),
    sent('a', 't-2', at(9)),
    visit('a', { arrived_at: at(9), finished_at: at(10), outcome: 'fixed' }),
  ];
  expect(suggested([])).toEqual([
    ['周俊宏', at(11), ''],
    ['林志豪', at(11), ''],
    ['許家銘', at(11), ''],
  ]);
  expect(suggested(near)[0]).toEqual(['許家銘', at(11), '三峽']);
  expect(suggested([...near, call('b'), sent('b', 't-2', at(11))]).at(-1)).toEqual(['許家銘', at(13), '三峽']);
  expect(suggested([call('b'), sent('b', 't-0', at(16))]).map(([name]) => name)).toEqual([
    '周俊宏',
    '許家銘',
    '林志豪',
  ]);
});

test('whose phone was never in touch is suggested after those who would hear of it', () => {
  const shown = lanesOf(books(...people), { unit: 'ban', day, now });
  const named = suggestionsFor(shown, frame, call('x'), now, new Set(['t-1'])).map(({ name }) => name);
  expect(named).toEqual(['林志豪', '許家銘', '周俊宏']);
});

test('nobody is suggested into lunch, before his appointment, or beside another job', () => {
  expect(suggested([], {}, at(11, 20))[0]?.[1]).toBe(at(13));
  expect(suggested([], { appointment_at: at(15, 30) })[0]?.[1]).toBe(at(15, 30));
  expect(suggested([], { appointment_at: at(15, 30) + DAY_MS })[0]?.[1]).toBe(at(11));
  const busy = [call('a'), sent('a', 't-0', at(10)), visit('a', { arrived_at: at(10) })];
  expect(suggested(busy).find(([name]) => name === '林志豪')).toEqual(['林志豪', at(11), '三峽']);
});

test('who has no hour left stands last, at the end of what he has', () => {
  const busy = [9, 10, 11, 13, 14, 15, 16, 17].flatMap((hour) => [
    call(`j-${hour}`),
    sent(`j-${hour}`, 't-0', at(hour)),
  ]);
  expect(suggested(busy).at(-1)).toEqual(['林志豪', at(17, 45), '']);
  expect(suggested([], {}, at(19))).toHaveLength(3);
});

test('a slot is free, taken by another job, or outside of working time; a job is not in its own way', () => {
  const lane: Pick<Lane, 'blocks' | 'away'> = { away: [], blocks: inRows([block('a', at(14), at(15))]) };
  const standing = (hour: number, minute = 0, except?: string) => fitOf(lane, frame, at(hour, minute), except);
  expect([
    standing(10),
    standing(13, 15),
    standing(13),
    standing(14, 45),
    standing(15),
    standing(11, 30),
    standing(14, 15, 'a'),
  ]).toEqual(['free', 'taken', 'free', 'taken', 'free', 'closed', 'free']);
});

test('a town is named without what kind of one it is', () => {
  expect(['板橋區', '基隆市信義區', '三峽區', '中區', '竹北市', '', null].map(townOf)).toEqual([
    '板橋',
    '信義',
    '三峽',
    '中區',
    '竹北',
    '',
    '',
  ]);
});
