import { expect, test } from 'vitest';
import { arrivalFault, arrivedOf } from '../../src/ui/books/arrived.ts';
import { arrivedWords } from '../../src/ui/parts/arrived.ts';
import { arrived } from '../../src/ui/text/arrived.ts';
import { clockTime } from '../../src/ui/text/when.ts';
import type { ServiceVisit } from '../../src/wire/kinds.ts';
import { at, books, doc } from './made.ts';

function words(fields: ServiceVisit): string | undefined {
  const visit = doc('service_visit', 'v', fields);
  const facts = arrivedOf(books(doc('user', 'lin', { name: '林志豪' }), visit), visit);
  return facts && arrivedWords(arrived.get(), facts, clockTime);
}

const corrected = {
  arrived_at: at(10, 5),
  arrived_stamped_at: at(10, 52),
  arrived_reason: '忘了按',
  arrived_corrected_by: 'lin',
};

test.each<[string, ServiceVisit, string | undefined]>([
  ['nobody has come', {}, undefined],
  ['as the phone said', { arrived_at: at(10, 52), arrived_clock_offset_ms: 3_000 }, '10:52'],
  ['by a slow clock', { arrived_at: at(10, 12), arrived_clock_offset_ms: 2_400_000 }, '10:52，手機時鐘 10:12'],
  ['corrected', corrected, '10:05（原為 10:52，忘了按，林志豪更正）'],
  [
    'corrected, whatever the clock',
    { ...corrected, arrived_clock_offset_ms: 2_400_000 },
    '10:05（原為 10:52，忘了按，林志豪更正）',
  ],
  ['corrected by somebody of elsewhere', { ...corrected, arrived_corrected_by: 'x' }, '10:05（原為 10:52，忘了按）'],
  ['put back', { ...corrected, arrived_at: at(10, 52) }, '10:52'],
  [
    'written down by a person alone',
    { arrived_at: at(10, 5), arrived_reason: '手機沒電', arrived_corrected_by: 'lin' },
    '10:05（手機沒電，林志豪補登）',
  ],
])('F024 an arrival %s is told', (_, fields, told) => {
  expect(words(fields)).toBe(told);
});

test.each([
  ['nothing typed', undefined, 'unreadable'],
  ['a minute ahead', at(11, 1), 'future'],
  ['this very minute', at(11), undefined],
  ['the minute in which the call came', at(9), undefined],
  ['a minute before the call', at(8, 59), 'early'],
])('F024 a corrected time is between the call and now: %s', (_, when, fault) => {
  expect(arrivalFault(when, { since: at(9) + 30_000, now: at(11) })).toBe(fault);
});

test('F024 a call of which nobody knows when it came stands against no time', () => {
  expect(arrivalFault(at(3), { since: undefined, now: at(11) })).toBeUndefined();
});
