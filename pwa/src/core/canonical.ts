import { isWhole } from './wellformed.ts';

/**
 * The RFC 8785 text of a value made of objects with ASCII keys, arrays, strings, integers, booleans and null: the one
 * encoding that both languages hash and sign.
 *
 * Throws `TypeError` for any other value and `RangeError` for a fraction, an integer beyond 2^53, an ill-formed string
 * or a key outside ASCII, since the two languages would not print those alike.
 */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return integer(value);
  if (typeof value === 'string') return string(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value === 'object') return `{${Object.entries(value).sort(byKey).map(member).join(',')}}`;
  throw new TypeError(`canonical text has no ${typeof value}`);
}

/** The UTF-8 bytes of `canonicalText`. */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalText(value));
}

function integer(value: number): string {
  refuse(!Number.isSafeInteger(value), 'a fraction, or an integer beyond 2^53');
  return String(value);
}

function string(value: string): string {
  refuse(!isWhole(value), 'half a character');
  return JSON.stringify(value);
}

type Member = readonly [key: string, value: unknown];

function byKey([one]: Member, [other]: Member): number {
  return one < other ? -1 : 1;
}

function member([key, value]: Member): string {
  refuse(/[^\0-\x7f]/.test(key), 'canonical keys are ASCII');
  return `${JSON.stringify(key)}:${canonicalText(value)}`;
}

function refuse(broken: boolean, why: string): void {
  if (broken) throw new RangeError(why);
}
