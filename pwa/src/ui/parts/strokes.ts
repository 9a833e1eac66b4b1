/** Where the pen was: tenths of a CSS pixel from the pad's left top corner, milliseconds since the first touch. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly t: number;
}

export type Stroke = readonly Point[];

/** What was drawn, in whole numbers, with the size of the pad it was drawn on (tenths of a CSS pixel). */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly Stroke[];
}

export const EMPTY: Drawing = { width: 0, height: 0, strokes: [] };

/** The text is no drawing: another version, cut off, or altered. */
export class StrokesMalformed extends Error {}

const VERSION = 's1.';
/** Ink shorter than this is a slip of the finger, no signature: 40 CSS pixels. */
const SIGNATURE_MIN = 400;

/** `s1.` and base64url of varints: width, height, strokes; per stroke its points; per point zigzag steps of x, y and t. */
export function encodeStrokes({ width, height, strokes }: Drawing): string {
  const numbers = [width, height, strokes.length];
  let last: Point = { x: 0, y: 0, t: 0 };
  for (const stroke of strokes) {
    numbers.push(stroke.length);
    for (const point of stroke) {
      numbers.push(zigzag(point.x - last.x), zigzag(point.y - last.y), zigzag(point.t - last.t));
      last = point;
    }
  }
  return VERSION + toBase64Url(numbers.flatMap(varint));
}

/** The drawing that `encodeStrokes` wrote; throws StrokesMalformed at anything else. */
export function decodeStrokes(text: string): Drawing {
  if (!text.startsWith(VERSION)) throw new StrokesMalformed('another version');
  const numbers = readVarints(fromBase64Url(text.slice(VERSION.length)));
  let read = 0;
  const next = () => {
    const value = numbers[read];
    if (value === undefined) throw new StrokesMalformed('cut off');
    read += 1;
    return value;
  };
  const many = <T>(make: () => T): T[] => {
    const count = next();
    if (count > numbers.length - read) throw new StrokesMalformed('cut off');
    return Array.from({ length: count }, make);
  };
  let last: Point = { x: 0, y: 0, t: 0 };
  const point = (): Point => {
    last = { x: last.x + unzigzag(next()), y: last.y + unzigzag(next()), t: last.t + unzigzag(next()) };
    return last;
  };
  const [width, height] = [next(), next()];
  const strokes = many(() => many(point));
  if (read < numbers.length) throw new StrokesMalformed('more than was announced');
  return { width, height, strokes };
}

/** Whether somebody signed, rather than touched the pad. */
export function isSignature({ strokes }: Drawing): boolean {
  let length = 0;
  for (const stroke of strokes) {
    for (const [i, point] of stroke.entries()) {
      const before = stroke[i - 1] ?? point;
      length += Math.hypot(point.x - before.x, point.y - before.y);
    }
  }
  return length >= SIGNATURE_MIN;
}

/** SVG path of one stroke, smooth through the middles between its points; a single point becomes a dot. */
export function strokePath(stroke: Stroke): string {
  const [first, ...rest] = stroke;
  if (!first) return '';
  const start = `M${first.x} ${first.y}`;
  const last = rest.at(-1);
  if (!last) return `${start}h.1`;
  const curves = rest.slice(0, -1).map((point, i) => {
    const after = rest[i + 1] ?? point;
    return `Q${point.x} ${point.y} ${(point.x + after.x) / 2} ${(point.y + after.y) / 2}`;
  });
  return `${start}${curves.join('')}L${last.x} ${last.y}`;
}

const zigzag = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number) => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

function readVarints(bytes: readonly number[]): number[] {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte % 128) * scale;
    if (!Number.isSafeInteger(value)) throw new StrokesMalformed('number too large');
    if (byte >= 128) {
      scale *= 128;
    } else {
      numbers.push(value);
      value = 0;
      scale = 1;
    }
  }
  if (scale > 1) throw new StrokesMalformed('cut off');
  return numbers;
}

const toBase64Url = (bytes: readonly number[]) =>
  btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

function fromBase64Url(text: string): number[] {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new StrokesMalformed('not base64url');
  return Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}
