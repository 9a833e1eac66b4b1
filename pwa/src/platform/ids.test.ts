import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeIds } from './ids.ts';

const zeros = (length: number) => new Uint8Array(length);

test('an id is 26 lower-case characters of the Crockford alphabet', () => {
  const id = makeIds(
    () => 1_795_400_000_000,
    () => Uint8Array.from({ length: 16 }, (_, i) => i * 16),
  )();
  expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
});

test('ids sort by the order in which they were made, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 2 ** 42 }), { minLength: 2, maxLength: 40 }), fc.nat(255), (clock, byte) => {
      const times = [...clock];
      const make = makeIds(
        () => times.shift() ?? 0,
        (length) => new Uint8Array(length).fill(byte),
      );
      const made = clock.map(() => make());
      expect([...made].sort()).toEqual(made);
      expect(new Set(made).size).toBe(made.length);
    }),
  );
});

test('a full random part carries into the time instead of repeating', () => {
  const make = makeIds(
    () => 1,
    (length) => zeros(length).fill(31),
  );
  const [first, second] = [make(), make()];
  expect(second > first).toBe(true);
});
