import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Edit } from '../../src/store/index.ts';
import { subjectOf } from '../../src/ui/office/subject.ts';
import { periodAfter, sumsOf, timeRows, writableBy } from '../../src/ui/office/working_time.ts';
import { sumList, timeList } from '../../src/ui/office/working_time_file.ts';
import { adminWorks } from '../../src/ui/text/vocabulary.ts';
import { adminTimes } from '../../src/ui/text/working_time.ts';
import type { AdminTime } from '../../src/wire/kinds.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at, books, DAY_MS, doc } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const person = (id: string, name: string, role: Role, over: object = {}): FixtureRow[] => [
  { kind: 'user', id, fields: { name, unit, ...over } },
  { kind: 'role_grant', id: `g-${id}`, fields: { user: id, unit, role } },
];
const time = (id: string, fields: AdminTime): FixtureRow => ({ kind: 'admin_time', id, fields: { unit, ...fields } });
const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心', time_zone: 'Asia/Taipei' } },
  { kind: 'unit', id: 'tao', fields: { name: '桃園服務中心', time_zone: 'Asia/Taipei' } },
  ...person('chen', '陳文彬', 'service_manager'),
  ...person('lin', '林志豪', 'technician'),
  ...person('wang', '王美玲', 'accountant'),
  { kind: 'service_call', id: 'call', fields: { unit, contact_name: '陳美惠', received_at: at(8) } },
  {
    kind: 'service_visit',
    id: 'v',
    fields: { unit, call: 'call', technician: 'lin', arrived_at: at(9, 20), finished_at: at(10) },
  },
  time('one', { user: 'lin', work: 'parts', started_at: at(9), ended_at: at(9, 30) }),
  time('two', { user: 'lin', work: 'tools', started_at: at(10), ended_at: at(10, 45) }),
  time('past', { user: 'lin', work: 'training', started_at: at(9) - 3 * DAY_MS, ended_at: at(11) - 3 * DAY_MS }),
  time('left', { user: 'chen', work: 'other', started_at: at(17) - DAY_MS }),
  time('away', { unit: 'tao', user: 'lin', work: 'parts', started_at: at(9), ended_at: at(10) }),
];
const documents = rows.map(({ kind, id, fields }) => doc(kind, id, fields));
const today = { by: 'day', at: at(11) } as const;

test('F006 a day lists the lines of the unit that began on it, and what has been running since before', () => {
  const listed = (period: Parameters<typeof timeRows>[2]) =>
    timeRows(books(...documents), unit, period, now).map(({ id, name }) => [id, name]);
  expect(listed(today)).toEqual([
    ['left', '陳文彬'],
    ['one', '林志豪'],
    ['two', '林志豪'],
  ]);
  expect(listed(periodAfter(today, -3))).toEqual([['past', '林志豪']]);
  expect(listed({ by: 'month', at: at(11) }).map(([id]) => id)).toEqual(['past', 'left', 'one', 'two']);
  expect(listed(periodAfter({ by: 'month', at: at(11) }, 1))).toEqual([]);
});

test('F006 minutes are summed by person and kind', () => {
  const sums = sumsOf(timeRows(books(...documents), unit, today, now).filter(({ id }) => id !== 'left'));
  expect(sums).toEqual([
    { id: 'lin', name: '林志豪', minutes: { inspection: 0, parts: 30, tools: 45, training: 0, other: 0 }, total: 75 },
  ]);
});

test('F006 a clerk writes her own time, the service manager everybody’s in his unit', () => {
  const me = (user: string, ...roles: Role[]) => ({ user, unit, roles }) as never;
  const all = books(...documents);
  expect(
    writableBy(all, me('chen', 'service_manager'), unit)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['chen', 'lin']);
  expect(writableBy(all, me('lin', 'technician'), unit).map(({ id }) => id)).toEqual(['lin']);
  expect(writableBy(all, me('wang', 'accountant'), unit)).toEqual([]);
  expect(writableBy(all, me('chen', 'service_manager'), 'tao')).toEqual([]);
});

test('F006 the list goes out with its minutes and what of them is told twice', () => {
  const [, , one] = timeList(timeRows(books(...documents), unit, today, now), {
    text: adminTimes.get(),
    works: adminWorks.get(),
    unit: '板橋服務中心',
  });
  expect(one).toEqual(['板橋服務中心', '林志豪', '零件管理', '2026-11-23 09:00', '2026-11-23 09:30', 30, 30, '']);
});

test('F006 the sums by person go out too, with what all of them come to', () => {
  const words = { text: adminTimes.get(), works: adminWorks.get(), unit: '板橋服務中心' };
  const [heads, ...sums] = sumList(timeRows(books(...documents), unit, today, now), words);
  expect([heads?.slice(0, 2), heads?.at(-1)]).toEqual([['單位', '人員'], '合計']);
  const totals = sums.slice(0, -1).map((sum) => Number(sum.at(-1)));
  expect(sums.at(-1)?.at(-1)).toBe(totals.reduce((sum, one) => sum + one, 0));
  expect(totals.length).toBeGreaterThan(0);
});

test('F006 what waits for a decision about a line says whose time it was', () => {
  expect(subjectOf(books(...documents), 'admin_time', 'one').customer).toBe('林志豪');
  expect(subjectOf(books(...documents), 'admin_time', 'unknown', { user: 'chen' }).customer).toBe('陳文彬');
});

let office: Opened;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office?.close();
  vi.useRealTimers();
});

async function open(roles: readonly Role[] = ['service_manager']) {
  office = await opened('#/working-time', roles, rows, {});
  const captured: Edit[][] = [];
  vi.spyOn(office.store, 'capture').mockImplementation(async (edits) => {
    captured.push([...edits]);
  });
  return captured;
}
const press = async (label: string, within?: ParentNode) => {
  button(label, within).click();
  await settled();
};
const dialog = () => document.querySelector('dialog') as HTMLDialogElement;
const type = async (label: string, value: string) => {
  const named = [...dialog().querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(label));
  const field = document.getElementById(named?.htmlFor ?? '') as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
  await settled();
};

test('F006 an overlap is marked in the list and told in plain words, and the line stands all the same', async () => {
  await open();
  await shown('3 段，共 19 小時 15 分');
  expect(said()).toContain('1 段有重疊');
  (document.querySelector('[data-row="one"]') as HTMLElement).click();
  await settled();
  expect(said()).toContain('和陳美惠的工單重疊 10 分');
});

test('F006 the manager corrects somebody’s line: only what he changed is written', async () => {
  const captured = await open();
  (document.querySelector('[data-row="two"]') as HTMLElement).click();
  await settled();
  await press('修改');
  await type('結束', '2026-11-23T09:30');
  await press('存檔', dialog());
  expect(said()).toContain('結束在開始之前。');
  expect(captured).toEqual([]);
  await type('結束', '2026-11-23T10:30');
  await press('存檔', dialog());
  expect(captured.map(([edit]) => [edit?.id, edit?.fields])).toEqual([['two', { ended_at: at(10, 30) }]]);
  expect(document.querySelector('dialog')).toBeNull();
});

test('F006 a line is written down afterwards for somebody, and other work wants a note', async () => {
  const captured = await open();
  await press('補記');
  await type('人員', 'lin');
  expect(dialog()?.textContent).not.toContain('還在做就空著');
  await press('其他', dialog());
  await press('存檔', dialog());
  expect(captured).toEqual([]);
  await type('開始', '2026-11-23T08:00');
  await type('結束', '2026-11-23T08:20');
  await press('存檔', dialog());
  expect(said()).toContain('選其他要寫做了什麼。');
  await type('說明', '盤點');
  await press('存檔', dialog());
  expect(captured[0]?.[0]?.fields).toEqual({
    unit,
    user: 'lin',
    work: 'other',
    started_at: at(8),
    ended_at: at(8, 20),
    note: '盤點',
  });
});

test('F006 whoever only watches is shown the lines and nothing to change', async () => {
  await open(['auditor']);
  await shown('林志豪');
  expect([button('補記'), button('修改'), button('刪除')]).toEqual([undefined, undefined, undefined]);
  expect(button('歷程')).toBeDefined();
});
