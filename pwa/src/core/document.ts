import type { Dot } from '../wire/protocol.ts';
import { compareDots, dotKey, sameDot } from './dot.ts';
import { hasRivals, type MergeRule, ordered, type Register, shown } from './register.ts';
import { covers, type Origin, type Past, type StampedOperation, supersedes } from './write.ts';

const DELETED = 'deleted';

/** Registers by field, and the tombstones that somebody wrote past without having seen them (SPEC D1). */
export interface Document {
  readonly registers: ReadonlyMap<string, Register>;
  readonly contested: readonly Dot[];
}

/** Field to merge rule, total over the fields of a kind. */
export type MergeRules = Readonly<Record<string, MergeRule>>;

export const EMPTY: Document = { registers: new Map(), contested: [] };

/**
 * The state that a set of stamped operations means, whatever order they are given in (SPEC M1, M2).
 *
 * This is the definition; `apply` is the same for an operation that is newer than all others. An operation may be given
 * more than once.
 */
export function fold(past: Past, operations: Iterable<StampedOperation>): Document {
  const everything = distinct(operations);
  const fields = new Set(everything.flatMap((operation) => Object.keys(operation.fields)));
  const registers = new Map([...fields].sort().map((field) => [field, registerOf(past, field, everything)]));
  const edits = everything.filter(({ fields }) => fields[DELETED] !== true);
  const contested = tombstones(registers)
    .filter((tombstone) => edits.some((edit) => contests(past, edit.origin, tombstone)))
    .map((tombstone) => tombstone.dot);
  return { registers, contested };
}

function distinct(operations: Iterable<StampedOperation>): StampedOperation[] {
  const byDot = new Map(Array.from(operations, (operation) => [dotKey(operation.origin.dot), operation]));
  return [...byDot.values()].sort((one, other) => compareDots(one.origin.dot, other.origin.dot));
}

function registerOf(past: Past, field: string, everything: readonly StampedOperation[]): Register {
  const writers = everything.filter((operation) => Object.hasOwn(operation.fields, field));
  return writers
    .filter(({ origin }) => !writers.some((other) => supersedes(past, other, field, origin)))
    .map(({ origin, fields }) => ({ origin, value: fields[field] }));
}

function tombstones(registers: ReadonlyMap<string, Register>): Origin[] {
  return (registers.get(DELETED) ?? []).filter((write) => write.value === true).map((write) => write.origin);
}

function contests(past: Past, edit: Origin, tombstone: Origin): boolean {
  if (sameDot(edit.dot, tombstone.dot)) return false;
  return !covers(past, tombstone, edit) && !covers(past, edit, tombstone);
}

/** Tells whether `apply` cannot be used: a delete must be held against writes that are history (SPEC D2). */
export function needsHistory(document: Document, operation: StampedOperation): boolean {
  return operation.fields[DELETED] === true && document.registers.size > 0;
}

/**
 * The state after one more operation that nothing in the document has seen (SPEC M3).
 *
 * Only for an operation whose position is newer than every write's and whose own later operations are not there yet;
 * anything else goes through `fold`. Throws `RangeError` where `needsHistory` holds.
 */
export function apply(past: Past, document: Document, operation: StampedOperation): Document {
  if (needsHistory(document, operation)) throw new RangeError('a delete over existing writes is folded from history');
  const { origin, fields } = operation;
  const registers = new Map(document.registers);
  for (const [field, value] of Object.entries(fields)) {
    const kept = (registers.get(field) ?? []).filter(
      (write) => !sameDot(write.origin.dot, origin.dot) && !supersedes(past, operation, field, write.origin),
    );
    registers.set(field, ordered([...kept, { origin, value }]));
  }
  const contested = tombstones(registers).filter(
    (tombstone) => isAmong(document.contested, tombstone.dot) || contests(past, origin, tombstone),
  );
  return { registers, contested: contested.map((tombstone) => tombstone.dot) };
}

function isAmong(dots: readonly Dot[], dot: Dot): boolean {
  return dots.some((each) => sameDot(each, dot));
}

/** Tells whether a tombstone stands that nobody contests (SPEC D1). */
export function isDeleted(document: Document): boolean {
  return tombstones(document.registers).some((tombstone) => !isAmong(document.contested, tombstone.dot));
}

/** Field to shown value, without the fields whose shown value is null. */
export function shownFields(document: Document, rules: MergeRules): Readonly<Record<string, unknown>> {
  const values = Array.from(document.registers, ([field, register]) => {
    return [field, shown(register, ruleOf(rules, field)).value] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

/** The registers that hold more than one different value. */
export function rivals(document: Document): ReadonlyMap<string, Register> {
  return new Map([...document.registers].filter(([, register]) => hasRivals(register)));
}

/** The fields that a person must decide about: rivals under an asking rule, and a contested delete. */
export function asks(document: Document, rules: MergeRules): readonly string[] {
  const asked = new Set([...rivals(document).keys()].filter((field) => ruleOf(rules, field).ask));
  if (document.contested.length > 0 && !isDeleted(document)) asked.add(DELETED);
  return [...asked].sort();
}

function ruleOf(rules: MergeRules, field: string): MergeRule {
  const rule = rules[field];
  if (rule === undefined) throw new RangeError(`no merge rule for ${field}`);
  return rule;
}
