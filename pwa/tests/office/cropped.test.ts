import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cropped } from '../../src/ui/parts/cropped.ts';

const point = fc.record({ x: fc.integer({ min: 0, max: 9000 }), y: fc.integer({ min: 0, max: 9000 }), t: fc.nat() });

test('a signature is shown without the empty paper around it, whole and undistorted', () => {
  const drawing = fc.record({
    width: fc.constant(9000),
    height: fc.constant(9000),
    strokes: fc.array(fc.array(point, { minLength: 1 }), { minLength: 1 }),
  });
  fc.assert(
    fc.property(drawing, (drawn) => {
      const shown = cropped(drawn);
      const [first, other] = [drawn.strokes.flat()[0], shown.strokes.flat()[0]];
      const shift = { x: (first?.x ?? 0) - (other?.x ?? 0), y: (first?.y ?? 0) - (other?.y ?? 0) };
      const back = shown.strokes.map((stroke) => stroke.map((p) => ({ ...p, x: p.x + shift.x, y: p.y + shift.y })));
      expect(back).toEqual(drawn.strokes);
      for (const { x, y } of shown.strokes.flat()) {
        expect(x > 0 && x < shown.width && y > 0 && y < shown.height).toBe(true);
      }
    }),
  );
});

test('a pad on which nobody drew stays as it is', () => {
  const pad = { width: 100, height: 50, strokes: [] };
  expect(cropped(pad)).toEqual(pad);
});
