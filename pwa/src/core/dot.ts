import type { Dot } from '../wire/protocol.ts';

/** Orders operations by actor, then by the actor's counter: ids are ASCII, so both languages order them alike. */
export function compareDots(one: Dot, other: Dot): number {
  if (one[0] !== other[0]) return one[0] < other[0] ? -1 : 1;
  return one[1] - other[1];
}

/** Tells whether two dots name the same operation. */
export function sameDot(one: Dot, other: Dot): boolean {
  return compareDots(one, other) === 0;
}

/** One text for each dot, as a key of maps and sets. */
export function dotKey([actor, seq]: Dot): string {
  return `${actor} ${seq}`;
}
