import { visitInstant } from '../../rules/arrival.ts';
import type { Edit } from '../../store/index.ts';
import type { Books } from '../books/books.ts';
import { type Case, waits } from './cases.ts';
import { personName } from './names.ts';

/** Who is to go, and when. */
export interface Slot {
  readonly technician: string;
  readonly at: number;
}

/** What somebody at the desk thinks of (F015). */
export interface Proposal extends Slot {
  /** His name. */
  readonly by: string;
}

/**
 * Whom the desk proposes for a call, as long as it waits for somebody.
 *
 * A proposal that was followed once and called back is none any more: it would be offered again to whoever refused it.
 */
export function proposalOf(books: Books, one: Case): Proposal | undefined {
  const { call, dispatches, entries } = one;
  const { proposed_technician: technician, proposed_for: at, proposed_by } = call.fields;
  if (!waits(one) || technician == null || at == null) return undefined;
  if (entries.some(({ visit }) => (visitInstant(visit.fields, 'finished_at') ?? 0) > at)) return undefined;
  const followed = dispatches.some(({ fields }) => fields.technician === technician && fields.planned_at === at);
  return followed ? undefined : { technician, at, by: personName(books, proposed_by) };
}

/** The edit by which somebody proposes a slot; nothing takes a proposal back. */
export function proposing({ call }: Pick<Case, 'call'>, slot: Slot | undefined, by: string | null): Edit {
  const fields = {
    proposed_technician: slot?.technician ?? null,
    proposed_for: slot?.at ?? null,
    proposed_by: slot ? by : null,
  };
  return { kind: 'service_call', id: call.id, seen: call.seen, fields };
}
