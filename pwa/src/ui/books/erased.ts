import { hasPersonal } from '../../core/erasing.ts';
import type { Doc } from '../../store/index.ts';
import type { Kind } from '../../wire/vocabulary.ts';

/** Whether a document's personal values were erased, and nobody has written new ones since (ADR 44). */
export function isErased<K extends Kind>({ kind, fields }: Pick<Doc<K>, 'kind' | 'fields'>): boolean {
  const known: Readonly<Record<string, unknown>> = { ...fields };
  return known['erased_at'] != null && !hasPersonal(kind, known);
}
