import { canonicalText } from '../../core/canonical.ts';
import { boundBy, type SignedField } from '../../rules/signed_content.ts';
import type { Entry } from './entries.ts';

/** One signed field: what the customer signed, what stands there now, and what others wrote unseen beside it. */
export interface Difference {
  readonly field: SignedField;
  readonly signed: unknown;
  readonly now: unknown;
  /** Values of rivals that are not shown, each once. */
  readonly others: readonly unknown[];
  readonly differs: boolean;
}

/** The signed fields in the order in which the entry is read. */
const READ_ORDER = [
  'arrived_at',
  'category',
  'fault',
  'action',
  'parts',
  'outcome',
  'undone_reason',
  'undone_note',
  'undone_next',
  'undone_wish_at',
  'fee_total',
] as const satisfies readonly SignedField[];

/** What the entry is about: told only where it is not what was signed. */
const ABOUT = ['call', 'asset', 'technician'] as const satisfies readonly SignedField[];

/** Read where somebody said it: which parts were used, and why something was not completed. */
const IF_SAID: readonly SignedField[] = ['parts', 'undone_reason', 'undone_note', 'undone_next', 'undone_wish_at'];

/** The fields of an entry in the order in which they are read. */
export function readFields({ visit, signed }: Pick<Entry, 'visit' | 'signed'>): readonly SignedField[] {
  const bound = boundBy(signed?.template);
  const says = (field: SignedField) => (visit.fields[field] ?? signed?.visit[field] ?? null) !== null;
  return READ_ORDER.filter((field) => bound.includes(field) && (!IF_SAID.includes(field) || says(field)));
}

/** What was signed beside what stands now, field by field; nothing without a signature. */
export function differencesOf(entry: Entry): readonly Difference[] {
  if (!entry.signed) return [];
  const about = ABOUT.map((field) => differenceOf(entry, field)).filter(isChange);
  return [...about, ...readFields(entry).map((field) => differenceOf(entry, field))];
}

function differenceOf({ visit, signed }: Entry, field: SignedField): Difference {
  const [then, now] = [signed?.visit[field] ?? null, visit.fields[field] ?? null];
  const written = (visit.rivals[field] ?? []).map(([, value]) => [canonicalText(value ?? null), value] as const);
  const others = [...new Map(written)].filter(([text]) => text !== canonicalText(now)).map(([, value]) => value);
  return { field, signed: then, now, others, differs: canonicalText(then) !== canonicalText(now) };
}

const isChange = ({ differs, others }: Difference) => differs || others.length > 0;

/** The fields in which anything stands beside what was signed. */
export function changesOf(entry: Entry): readonly Difference[] {
  return differencesOf(entry).filter(isChange);
}

/** What has to be written so that the entry says again what the customer signed. */
export function revertFields(entry: Entry): Readonly<Record<string, unknown>> {
  const differing = differencesOf(entry).filter(({ differs }) => differs);
  return Object.fromEntries(differing.map(({ field, signed }) => [field, signed]));
}
