import { fromStore } from 'svelte/store';
import { hasPersonal, isPersonal } from '../../core/erasing.ts';
import type { Doc } from '../../store/index.ts';
import type { Kinds } from '../../wire/kinds.ts';
import type { Kind } from '../../wire/vocabulary.ts';
import { erased } from '../text/personal_data.ts';

const words = fromStore(erased);

/** Whether a document's personal values were erased, and nobody has written new ones since (ADR 44). */
export function isErased<K extends Kind>({ kind, fields }: Pick<Doc<K>, 'kind' | 'fields'>): boolean {
  const known = fields as Readonly<Record<string, unknown>>;
  return known.erased_at != null && !hasPersonal(kind, known);
}

/** What a text field of a document says; what an erasure took away is said to be erased, in short where it is narrow. */
export function told<K extends Kind>(
  doc: Doc<K> | null | undefined,
  field: keyof Kinds[K] & string,
  length: 'gone' | 'short' = 'gone',
): string {
  if (!doc) return '';
  const value = doc.fields[field];
  if (value != null && value !== '') return String(value);
  return isPersonal(doc.kind, field) && isErased(doc) ? words.current[length] : '';
}

/** Whom a call is for: the customer's name, else the name that was given on the phone. */
export function callerName(
  customer: Doc<'customer'> | undefined,
  call: Doc<'service_call'> | undefined,
  length: 'gone' | 'short' = 'gone',
): string {
  const known = customer?.fields.name ?? call?.fields.contact_name;
  return known ?? (told(customer, 'name', length) || told(call, 'contact_name', length));
}
