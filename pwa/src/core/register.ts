import type { Show } from '../wire/merge_rules.ts';
import type { Place } from '../wire/vocabulary.ts';
import { canonicalText } from './canonical.ts';
import { compareDots } from './dot.ts';
import type { Write } from './write.ts';

/** The writes of one field that are not superseded, in the order of their dots (a multi-value register). */
export type Register = readonly Write[];

/** How one field merges: the rival that is shown, and whether a person is asked (SPEC S1 to S5). */
export interface MergeRule {
  readonly show: Show;
  readonly ask: boolean;
}

function compareAge(one: Write, other: Write): number {
  return one.origin.effectiveAt - other.origin.effectiveAt || compareDots(one.origin.dot, other.origin.dot);
}

function latest(register: Register): Write {
  return register.reduce((best, write) => (compareAge(write, best) > 0 ? write : best));
}

function first(register: Register): Write {
  return register.reduce((best, write) => (compareAge(write, best) < 0 ? write : best));
}

function preferring(place: Place): (register: Register) => Write {
  return (register) => {
    const preferred = register.filter((write) => write.origin.place === place);
    return latest(preferred.length > 0 ? preferred : register);
  };
}

const CHOICE: Readonly<Record<Show, (register: Register) => Write>> = {
  latest,
  first,
  field: preferring('field'),
  office: preferring('office'),
};

/** The write whose value people see until somebody decides (SPEC S1 to S4); ties: (effective at, dot). */
export function shown(register: Register, rule: MergeRule): Write {
  return CHOICE[rule.show](register);
}

/** Tells whether the register holds more than one different value; equal values are no rivals (SPEC R2). */
export function hasRivals(register: Register): boolean {
  return new Set(register.map((write) => canonicalText(write.value))).size > 1;
}

/** The writes as a register: sorted by dot, so that equal sets are equal registers (SPEC R1). */
export function ordered(writes: readonly Write[]): Register {
  return [...writes].sort((one, other) => compareDots(one.origin.dot, other.origin.dot));
}
