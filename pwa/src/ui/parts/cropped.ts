import type { Drawing } from './strokes.ts';

/** Room around the ink, in tenths of a CSS pixel of the pad. */
const MARGIN = 80;

/** The drawing without the empty paper around it, so that a signature fills the box that shows it. */
export function cropped({ strokes, ...pad }: Drawing): Drawing {
  const points = strokes.flat();
  if (points.length === 0) return { strokes, ...pad };
  const [left, right] = reach(points.map(({ x }) => x));
  const [top, bottom] = reach(points.map(({ y }) => y));
  const moved = strokes.map((stroke) => stroke.map((point) => ({ ...point, x: point.x - left, y: point.y - top })));
  return { width: right - left, height: bottom - top, strokes: moved };
}

function reach(places: readonly number[]): readonly [from: number, to: number] {
  const from = places.reduce((one, other) => Math.min(one, other));
  const to = places.reduce((one, other) => Math.max(one, other));
  return [from - MARGIN, to + MARGIN];
}
