import { PERSONAL } from '../wire/erasure.ts';
import type { Operation } from '../wire/protocol.ts';
import { canonicalText } from './canonical.ts';
import { fieldsOf, isKind } from './guard.ts';

const [KIND, FIELDS] = [1, 6] as const;

type Fields = Readonly<Record<string, unknown>>;

const personalOf = new Map(Object.entries<readonly string[]>(PERSONAL));

/** Whether an erasure takes a field of a kind away; what nobody knows may be anything. */
export function isPersonal(kind: string, field: string): boolean {
  if (personalOf.get(kind)?.includes(field)) return true;
  return isKind(kind) && !fieldsOf(kind).includes(field);
}

/** Whether a value of these fields would have to be erased. */
export function hasPersonal(kind: string, fields: Fields): boolean {
  return Object.entries(fields).some(([field, value]) => value !== null && isPersonal(kind, field));
}

/**
 * An operation's frame: its array in RFC 8785 with null for each personal value (SPEC Y1).
 *
 * What is reduced already stays as it is, and so does what is no operation of a known kind, or has nothing personal,
 * or what RFC 8785 has no one text for, such as a fraction: its text is untouched.
 */
export function reduced(text: string): string {
  const operation = parsed(text);
  if (!isOne(operation) || !hasPersonal(operation[KIND], operation[FIELDS])) return text;
  const [kind, fields] = [operation[KIND], operation[FIELDS]];
  const kept = Object.entries(fields).map(([field, value]) => [field, isPersonal(kind, field) ? null : value]);
  return canonicalOr(text, operation.with(FIELDS, Object.fromEntries(kept)));
}

function canonicalOr(text: string, value: unknown): string {
  try {
    return canonicalText(value);
  } catch {
    return text;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOne(value: unknown): value is Operation {
  if (!Array.isArray(value) || value.length <= FIELDS) return false;
  const [kind, fields] = [value[KIND], value[FIELDS]];
  return (
    typeof kind === 'string' && isKind(kind) && typeof fields === 'object' && fields !== null && !Array.isArray(fields)
  );
}
