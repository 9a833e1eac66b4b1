import { putRight } from '../../rules/arrival.ts';
import type { Doc } from '../../store/index.ts';
import type { ServiceVisit } from '../../wire/kinds.ts';
import type { UndoneNext, UndoneReason } from '../../wire/vocabulary.ts';
import type { Books } from './books.ts';

/** A visit of a call that could not be completed. */
export interface Undone {
  readonly id: string;
  readonly at: number;
  readonly technician: string;
  readonly reason: UndoneReason;
  readonly note: string;
  readonly next: UndoneNext | undefined;
  readonly wishAt: number | undefined;
}

/** Whether a visit has ended and could not be completed. */
export function isUndone({ undone_reason, finished_at, outcome }: ServiceVisit): boolean {
  return undone_reason != null && finished_at != null && outcome !== 'fixed' && outcome !== 'no_fault';
}

/** What could not be completed of a call, oldest first; a visit that is still under way has not ended. */
export function undoneOf(books: Books, call: Doc<'service_call'>): readonly Undone[] {
  return books.service_visit
    .children('call', call)
    .flatMap(({ id, fields }): readonly Undone[] => {
      const { undone_reason: reason, finished_at: finished } = fields;
      if (reason == null || finished == null || !isUndone(fields)) return [];
      return [
        {
          id,
          at: putRight(finished, fields.arrived_clock_offset_ms),
          technician: books.user.get(fields.technician)?.fields.name ?? '',
          reason,
          note: fields.undone_note ?? '',
          next: fields.undone_next ?? undefined,
          wishAt: fields.undone_wish_at ?? undefined,
        },
      ];
    })
    .sort((one, other) => one.at - other.at);
}
