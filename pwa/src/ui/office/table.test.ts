import { expect, test } from 'vitest';
import { rowAfterKey } from './table.ts';

const ids = Array.from({ length: 25 }, (_, i) => `row-${i}`);

test.each([
  ['ArrowDown', 'row-3', 'row-4'],
  ['ArrowUp', 'row-3', 'row-2'],
  ['PageDown', 'row-3', 'row-13'],
  ['PageDown', 'row-20', 'row-24'],
  ['PageUp', 'row-3', 'row-0'],
  ['Home', 'row-3', 'row-0'],
  ['End', 'row-3', 'row-24'],
])('%s from %s selects %s', (key, from, to) => {
  expect(rowAfterKey(key, ids, from)).toBe(to);
});

test('with nothing selected, or a row that is gone, the first one is taken', () => {
  expect([rowAfterKey('ArrowDown', ids, undefined), rowAfterKey('End', ids, 'gone')]).toEqual(['row-0', 'row-0']);
});

test('other keys and an empty table select nothing', () => {
  expect([rowAfterKey('a', ids, 'row-3'), rowAfterKey('ArrowDown', [], undefined)]).toEqual([undefined, undefined]);
});
