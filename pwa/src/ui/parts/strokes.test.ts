import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Drawing, decodeStrokes, encodeStrokes, isSignature, StrokesMalformed, strokePath } from './strokes.ts';

const point = fc.record({ x: fc.integer(), y: fc.integer(), t: fc.nat() });
const drawing = fc.record({ width: fc.nat(), height: fc.nat(), strokes: fc.array(fc.array(point)) });

const signed: Drawing = {
  width: 3620,
  height: 2100,
  strokes: [
    [
      { x: 700, y: 460, t: 0 },
      { x: 690, y: 700, t: 16 },
      { x: 660, y: 1020, t: 33 },
    ],
    [{ x: 710, y: 490, t: 320 }],
  ],
};

test('whatever was drawn is read back point for point', () => {
  fc.assert(
    fc.property(drawing, (drawn) => {
      expect(decodeStrokes(encodeStrokes(drawn))).toEqual(drawn);
    }),
  );
});

test('the written form never changes, so that its hash names it for ever', () => {
  expect(encodeStrokes(signed)).toBe('s1.pBy0EAID-AqYBwAT4AMgO4AFIgFkowi-BA');
});

test('a point costs about four bytes', () => {
  const stroke = Array.from({ length: 500 }, (_, i) => ({ x: i * 12, y: i * 7, t: i * 16 }));
  expect(encodeStrokes({ width: 3620, height: 2100, strokes: [stroke] }).length).toBeLessThan(500 * 4.1 + 20);
});

test.each([
  ['another version', 's2.pBy0EAID'],
  ['a character outside base64url', 's1.pBy0+AID'],
  ['no bytes', 's1.'],
  ['a length that base64 never has', 's1.pBy0E'],
  ['a number cut in the middle', 's1.pBy0'],
  ['a number above 2^53', 's1._____________w8'],
  ['more strokes than there is text for', 's1.pBy0EP9_'],
])('%s is refused', (_what, text) => {
  expect(() => decodeStrokes(text)).toThrow(StrokesMalformed);
});

test('a text that was cut or lengthened is refused, never read as another drawing', () => {
  const text = encodeStrokes(signed);
  for (let end = 3; end < text.length; end += 1) {
    expect(() => decodeStrokes(text.slice(0, end)), `cut at ${end}`).toThrow(StrokesMalformed);
  }
  expect(() => decodeStrokes(`${text}AAAA`)).toThrow(StrokesMalformed);
});

test('a slip of the finger is no signature', () => {
  const slip = { x: 10, y: 10, t: 0 };
  expect(isSignature({ width: 100, height: 100, strokes: [[slip], [slip, { ...slip, x: 200 }]] })).toBe(false);
  expect(isSignature(signed)).toBe(true);
});

test('a stroke is one path: smooth between its points, a dot where there is only one', () => {
  expect(signed.strokes.map(strokePath)).toEqual(['M700 460Q690 700 675 860L660 1020', 'M710 490h.1']);
  expect(strokePath([])).toBe('');
});
