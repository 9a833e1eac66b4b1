import { canonicalText } from '../../core/canonical.ts';
import type { SignedField } from '../../rules/signed_content.ts';
import type { Entry } from '../books/entries.ts';

/** One signed field: what the customer signed, and what stands there now. */
export interface Difference {
  readonly field: SignedField;
  readonly signed: unknown;
  readonly now: unknown;
  readonly differs: boolean;
}

/** The signed fields in the order in which the entry is read. */
export const READ_ORDER = [
  'arrived_at',
  'category',
  'fault',
  'action',
  'outcome',
  'fee_total',
] as const satisfies readonly SignedField[];

/** What the entry is about: told only where it is not what was signed. */
const ABOUT = ['call', 'asset', 'technician'] as const satisfies readonly SignedField[];

/** What was signed beside what stands now, field by field; nothing without a signature. */
export function differencesOf(entry: Entry): readonly Difference[] {
  if (!entry.signed) return [];
  const about = ABOUT.map((field) => differenceOf(entry, field)).filter(({ differs }) => differs);
  return [...about, ...READ_ORDER.map((field) => differenceOf(entry, field))];
}

function differenceOf({ visit, signed }: Entry, field: SignedField): Difference {
  const [then, now] = [signed?.visit[field] ?? null, visit.fields[field] ?? null];
  return { field, signed: then, now, differs: canonicalText(then) !== canonicalText(now) };
}

/** What has to be written so that the entry says again what the customer signed. */
export function revertFields(entry: Entry): Readonly<Record<string, unknown>> {
  const differing = differencesOf(entry).filter(({ differs }) => differs);
  return Object.fromEntries(differing.map(({ field, signed }) => [field, signed]));
}
