import { visitInstant } from '../../rules/arrival.ts';
import type { Doc } from '../../store/index.ts';
import type { ContactChannel, ContactResult } from '../../wire/vocabulary.ts';
import type { Books } from './books.ts';

/** That somebody tried to reach the customer of a call. */
export interface Attempt {
  readonly id: string;
  readonly at: number;
  /** During which visit, or on the way to it; undefined where the office tried. */
  readonly visit: string | undefined;
  readonly by: string;
  readonly channel: ContactChannel | undefined;
  readonly result: ContactResult | undefined;
  readonly note: string;
  /** When the customer would have somebody come. */
  readonly agreedFor: number | undefined;
}

/** Whoever tried to reach the customer of a call, oldest first. */
export function attemptsOf(books: Books, call: Doc<'service_call'>): readonly Attempt[] {
  return books.contact_attempt
    .children('call', call)
    .map(({ id, fields }) => ({
      id,
      at: fields.at ?? 0,
      visit: fields.visit ?? undefined,
      by: books.user.get(fields.user)?.fields.name ?? '',
      channel: fields.channel ?? undefined,
      result: fields.result ?? undefined,
      note: fields.note ?? '',
      agreedFor: fields.agreed_for ?? undefined,
    }))
    .sort((one, other) => one.at - other.at);
}

/** When the customer would have somebody come, and since when that is known. */
export interface Wish {
  readonly at: number;
  readonly saidAt: number;
}

/**
 * What the customer last wished of a call, as long as the office has not acted on it: nobody was sent since, and the
 * appointment is another one.
 */
export function wishOf(books: Books, call: Doc<'service_call'>): Wish | undefined {
  const visits = books.service_visit.children('call', call);
  const wishes = [
    ...attemptsOf(books, call).map(({ agreedFor, at }) => ({ at: agreedFor, saidAt: at })),
    ...visits.map(({ fields }) => ({
      at: fields.undone_wish_at ?? undefined,
      saidAt: visitInstant(fields, 'finished_at') ?? 0,
    })),
  ].filter((wish): wish is Wish => wish.at !== undefined);
  const last = wishes.sort((one, other) => one.saidAt - other.saidAt).at(-1);
  if (!last || last.at === call.fields.appointment_at) return undefined;
  const sent = books.dispatch.children('call', call).map(({ fields }) => fields.dispatched_at ?? 0);
  return last.saidAt > Math.max(0, ...sent) ? last : undefined;
}

/** What bears witness of a visit: whoever tried on it, and the office (F031). */
export function attemptsOn(books: Books, visit: Doc<'service_visit'>): readonly Attempt[] {
  const call = books.service_call.get(visit.fields.call);
  const all = call ? attemptsOf(books, call) : [];
  return all.filter((attempt) => attempt.visit === undefined || attempt.visit === visit.id);
}
