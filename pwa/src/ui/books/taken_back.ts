import type { Doc } from '../../store/index.ts';
import type { Books } from './books.ts';

/** Whoever took a job back: the dispatch alone, or its whole call. */
export type TakenBackWhy = 'cancelled' | 'withdrawn' | 'duplicate';

/** What the office decided about a job while somebody may have been working on it. */
export interface TakenBack {
  readonly why: TakenBackWhy;
  /** Who decided, and who was sent instead; `''` where nobody is known. */
  readonly by: string;
  readonly to: string;
  /** When, in epoch milliseconds; null where it is not known. */
  readonly at: number | null;
  readonly reason: string;
}

/** Undefined while the dispatch stands. */
export function takenBack(
  books: Books,
  dispatch: Doc<'dispatch'>,
  call: Doc<'service_call'> | undefined,
): TakenBack | undefined {
  const { cancelled_at, cancelled_by, cancelled_reason } = dispatch.fields;
  const { withdrawn_at, withdrawn_by, withdrawn_reason, duplicate_of } = call?.fields ?? {};
  const told = (why: TakenBackWhy, at: number | null, by?: string | null, reason?: string | null): TakenBack => ({
    why,
    by: books.user.get(by)?.fields.name ?? '',
    to: call ? sentInstead(books, dispatch, call) : '',
    at,
    reason: reason ?? '',
  });
  if (cancelled_at != null) return told('cancelled', cancelled_at, cancelled_by, cancelled_reason);
  const why = duplicate_of != null ? 'duplicate' : withdrawn_at != null ? 'withdrawn' : undefined;
  return why && told(why, withdrawn_at ?? null, withdrawn_by, withdrawn_reason);
}

/** The name of whoever else stands on the call now. */
function sentInstead(books: Books, { id, fields }: Doc<'dispatch'>, call: Doc<'service_call'>): string {
  const instead = books.dispatch
    .children('call', call)
    .find((other) => other.id !== id && isElsewhere(other, fields.technician));
  return books.user.get(instead?.fields.technician)?.fields.name ?? '';
}

function isElsewhere({ fields }: Doc<'dispatch'>, technician: string | null | undefined): boolean {
  return fields.cancelled_at == null && fields.technician !== technician;
}
