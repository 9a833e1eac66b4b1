import type { Edit, Me } from '../../store/index.ts';
import { WRITERS } from '../../wire/rights.ts';
import type { Role } from '../../wire/vocabulary.ts';
import { effectOn, type RivalsItem } from './inbox.ts';

/** How a decision about rivals is written. */
export type Decision =
  | { readonly by: 'capture'; readonly edits: readonly Edit[] }
  /** It changes what the customer signed: a command, with a reason (F007, F032). */
  | { readonly by: 'amend'; readonly visit: string; readonly fields: Readonly<Record<string, unknown>> };

/** The decision for one value of a field. */
export function decisionFor({ doc, field, entry }: RivalsItem, value: unknown): Decision {
  const fields = { [field]: value ?? null };
  if (effectOn(entry, field, value) === 'broken') return { by: 'amend', visit: doc.id, fields };
  const edit = { kind: doc.kind, id: doc.id, seen: doc.seen, fields, resolve: true } as Edit;
  return { by: 'capture', edits: [edit] };
}

/** Why a person may not take a decision; null where he may. */
export type Forbidden = 'not_yours' | 'manager_only' | null;

export function forbidden({ roles }: Pick<Me, 'roles'>, item: RivalsItem, value: unknown): Forbidden {
  if (!mayDecide({ roles }, item)) return 'not_yours';
  const breaks = effectOn(item.entry, item.field, value) === 'broken';
  return breaks && !roles.includes('service_manager') ? 'manager_only' : null;
}

/** Whether a field is one that a person decides at all, whatever its value. */
export function mayDecide({ roles }: Pick<Me, 'roles'>, { doc, field }: RivalsItem): boolean {
  const writers: Readonly<Record<string, readonly Role[]>> = WRITERS[doc.kind];
  return roles.some((role) => writers[field]?.includes(role));
}
