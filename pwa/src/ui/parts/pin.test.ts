import { expect, test } from 'vitest';
import { erased, pinWait, pressed } from './pin.ts';

test('digits are added until the code is full, other keys change nothing', () => {
  const keys = ['1', '2', 'Tab', 'a', '٣', '3', '4', '5', '6', '7', '8'];
  expect(keys.reduce((entered, key) => pressed(entered, key, 6), '')).toBe('123456');
});

test('taking back removes the last digit and stops at none', () => {
  expect([erased('123'), erased('')]).toEqual(['12', '']);
});

test('four slips cost nothing, the fifth half a minute', () => {
  expect(pinWait(4, 1000, 1000)).toEqual({ state: 'open' });
  expect(pinWait(5, 1000, 2000)).toEqual({ state: 'wait', untilMs: 31_000 });
  expect(pinWait(5, 1000, 31_000)).toEqual({ state: 'open' });
});

test('the waits grow, and after ten wrong codes only signing in helps', () => {
  const waits = [5, 6, 7, 8, 9].map((wrong) => pinWait(wrong, 0, 0));
  expect(waits.map((wait) => wait.state === 'wait' && wait.untilMs)).toEqual([
    30_000, 60_000, 300_000, 900_000, 3_600_000,
  ]);
  expect(pinWait(10, 0, 10 ** 12)).toEqual({ state: 'sign_in' });
});

test('a clock that was set back neither locks for a year nor gives a try', () => {
  expect(pinWait(5, 10_000_000, 5000)).toEqual({ state: 'wait', untilMs: 35_000 });
});
