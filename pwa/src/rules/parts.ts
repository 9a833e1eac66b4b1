import { PART_NAME_MAX, PART_NUMBER_MAX } from '../wire/limits.ts';

/** Lines of one visit. */
export const MOST_PARTS = 30;

/** Pieces of one part. */
export const MOST_OF_ONE = 999;

/** How many pieces of a part were used; `number` is the maker's, empty where nobody knows it (F030). */
export interface PartUsage {
  readonly name: string;
  readonly number: string;
  readonly quantity: number;
}

/** The parts of a visit's `parts`; none of null. */
export function partsOf(lines: string | null | undefined): readonly PartUsage[] {
  if (!lines) return [];
  return lines.split('\n').map((line) => {
    const [name = '', number = '', quantity = ''] = line.split('\t');
    return { name, number, quantity: Number(quantity) };
  });
}

/**
 * Parts as a visit keeps them: each name and number once, in the order in which they came; null for none.
 *
 * What has no name or no piece is none; tabs and line breaks are blanks. Beyond `MOST_PARTS`, `MOST_OF_ONE` and the
 * characters that a line has room for nothing is kept.
 */
export function partLines(parts: readonly PartUsage[]): string | null {
  const pieces = new Map<string, number>();
  for (const { name, number, quantity } of parts) {
    const [called, marked] = [plain(name, PART_NAME_MAX), plain(number, PART_NUMBER_MAX)];
    const key = `${called}\t${marked}`;
    if (called && quantity > 0) pieces.set(key, Math.min(MOST_OF_ONE, (pieces.get(key) ?? 0) + quantity));
  }
  const lines = [...pieces].map(([key, quantity]) => `${key}\t${quantity}`);
  return lines.slice(0, MOST_PARTS).join('\n') || null;
}

/** What either language takes for a blank, and control characters. */
const BLANKS = /[\s\p{Cc}]+/gu;

/** Room is counted in characters, as Python counts them. */
function plain(text: string, room: number): string {
  return [...text.replaceAll(BLANKS, ' ').trim()].slice(0, room).join('').trim();
}
