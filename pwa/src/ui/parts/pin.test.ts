import { expect, test } from 'vitest';
import { erased, pressed } from './pin.ts';

test('digits are added until the code is full, other keys change nothing', () => {
  const keys = ['1', '2', 'Tab', 'a', '٣', '3', '4', '5', '6', '7', '8'];
  expect(keys.reduce((entered, key) => pressed(entered, key, 6), '')).toBe('123456');
});

test('taking back removes the last digit and stops at none', () => {
  expect([erased('123'), erased('')]).toEqual(['12', '']);
});
