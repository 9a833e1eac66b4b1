import { expect, test } from 'vitest';
import {
  arrivalRows,
  byRule,
  monthAfter,
  monthOf,
  percent,
  rateOf,
  ratesBy,
  wantsReason,
} from '../../src/ui/office/arrivals.ts';
import { arrivalList } from '../../src/ui/office/arrivals_file.ts';
import { csv } from '../../src/ui/office/csv.ts';
import { arrivals as texts } from '../../src/ui/text/arrivals.ts';
import { breachReasons, zones } from '../../src/ui/text/vocabulary.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const call = (id: string, fields: Kinds['service_call'] = {}) =>
  doc('service_call', id, { unit: 'ban', zone: 'urban', received_at: at(9), contact_name: id, ...fields });
const came = (id: string, when: number, technician = 'lin') =>
  doc('service_visit', `visit-${id}`, { unit: 'ban', call: id, arrived_at: when, technician });
const NOW = at(18);
const rowsOf = (...documents: Parameters<typeof books>) => arrivalRows(books(...documents), '2026-11', NOW);

test('F023 whoever came in time counts, whoever came late counts as late, and stands first', () => {
  const rows = rowsOf(call('kept'), came('kept', at(16)), call('late'), came('late', at(16) + 1));
  expect(rows.map(({ id, late }) => [id, late])).toEqual([
    ['late', true],
    ['kept', false],
  ]);
  expect(rateOf('', rows)).toEqual({ id: '', total: 2, late: 1 });
});

test('F023 a call that nobody has come to counts once its limit is over, not before', () => {
  const documents = [call('over'), call('waiting', { received_at: at(13) })];
  expect(rowsOf(...documents).map(({ id, arrivedAt }) => [id, arrivedAt])).toEqual([['over', undefined]]);
});

test('what was withdrawn before anybody came counts for nobody, and a call of another month in that month', () => {
  const withdrawn = call('withdrawn', { withdrawn_at: at(17) });
  const earlier = call('october', { received_at: at(9) - 30 * DAY_MS });
  expect(rowsOf(withdrawn, earlier, came('october', at(10) - 30 * DAY_MS))).toEqual([]);
  expect(arrivalRows(books(earlier, came('october', at(10) - 30 * DAY_MS)), '2026-10', NOW)).toHaveLength(1);
});

test('F023 rates are told by unit, technician and zone, the worst first', () => {
  const rows = rowsOf(
    ...['a', 'b'].flatMap((id) => [call(id), came(id, at(10), 'lin')]),
    ...['c', 'd'].flatMap((id) => [call(id, { zone: 'suburban' }), came(id, at(17, 30), 'chou')]),
    call('e'),
    came('e', at(17), 'lin'),
  );
  expect(ratesBy(rows, ({ technician }) => technician).map((rate) => [rate.id, percent(rate)])).toEqual([
    ['chou', '100.0%'],
    ['lin', '33.3%'],
  ]);
  expect(ratesBy(rows, ({ zone }) => zone).map(({ id, total, late }) => [id, total, late])).toEqual([
    ['suburban', 2, 2],
    ['urban', 3, 1],
  ]);
  expect(percent(rateOf('', []))).toBe('');
});

test('F023 a call with an appointment is counted by itself, unless it was made after the breach (A14)', () => {
  const agreed = { appointment_at: at(17), due_at: at(17) };
  const rows = rowsOf(
    call('kept', agreed),
    came('kept', at(17)),
    call('missed', agreed),
    came('missed', at(17, 30)),
    call('moved', { appointment_at: at(18), due_at: at(17, 15) }),
    came('moved', at(17, 45)),
    call('too-late', { appointment_at: at(17), due_at: at(16) }),
    came('too-late', at(17)),
  );
  const { ruled, agreed: apart } = byRule(rows);
  expect(ruled.map(({ id, late }) => [id, late])).toEqual([['too-late', true]]);
  expect(rateOf('', apart)).toEqual({ id: '', total: 3, late: 2 });
});

test('F023 a breach without a reason is told', () => {
  const [late] = rowsOf(call('late'), came('late', at(17)));
  const [explained] = rowsOf(call('late', { breach_reason: 'traffic' }), came('late', at(17)));
  expect([late, explained].map((row) => row && wantsReason(row))).toEqual([true, false]);
});

test('months go on over the years', () => {
  expect(['2026-11', '2026-12', '2026-01'].map((month) => monthAfter(month, 1))).toEqual([
    '2026-12',
    '2027-01',
    '2026-02',
  ]);
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
  expect(monthOf(at(23, 59) + 7 * DAY_MS)).toBe('2026-11');
});

test('the file opens as it is in a spreadsheet, and nothing in it is run', () => {
  expect(
    csv([
      ['a,b', 'say "hi"', 3],
      ['=1+1', '兩\n行', ''],
    ]),
  ).toBe('\uFEFF"a,b","say ""hi""",3\r\n\'=1+1,"兩\n行",\r\n');
  const rows = rowsOf(call('late', { number: 'BAN-2026-000001', breach_reason: 'traffic' }), came('late', at(16, 30)));
  const words = { text: texts.get(), zones: zones.get(), reasons: breachReasons.get() };
  const list = arrivalList(rows, { ...words, unitName: () => '板橋', technicianName: () => '林志豪' });
  const file = csv(list).split('\r\n');
  expect(file[1]).toBe(
    'BAN-2026-000001,板橋,late,,市區,林志豪,2026-11-23 09:00,2026-11-23 16:00,,2026-11-23 16:30,30,交通,',
  );
});
