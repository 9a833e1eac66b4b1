import type { Books } from '../books/books.ts';
import { type TimeLine, timeLines } from '../books/working_time.ts';
import { sameDay } from '../text/when.ts';

/** A person's lines of today, and whatever he has not ended since before; `now` is by the clock that is right. */
export function todaysLines(books: Books | undefined, user: string | undefined, now: number): readonly TimeLine[] {
  if (!books || !user) return [];
  return timeLines(books, user, now, ({ started_at, ended_at }) => ended_at == null || sameDay(started_at ?? 0, now));
}
