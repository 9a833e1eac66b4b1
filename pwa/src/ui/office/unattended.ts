import { workedMs } from '../../rules/service_hours.ts';
import type { Books } from '../books/books.ts';
import { calendarIn, workdayIn } from '../books/limits.ts';
import { type Case, caseOf, isOpen, lastInstant, waits } from './cases.ts';
import type { InboxItem } from './inbox.ts';

const MINUTE_MS = 60_000;

/** How much of a unit waits for its manager since more than a working day: calls that nobody was sent to, decisions. */
export function waitingTooLong(books: Books, items: readonly InboxItem[], unit: string, now: number): number {
  const calendar = calendarIn(books, unit);
  const workday = workdayIn(books, unit) * MINUTE_MS;
  const isOld = (since: number) => workedMs(calendar, since, now) > workday;
  const calls = books.service_call
    .where('unit', unit)
    .filter(isOpen)
    .map((call) => caseOf(books, call))
    .filter((one) => waits(one) && isOld(waitsSince(one) ?? now));
  // Nobody knows since when a contract has no period.
  return calls.length + items.filter((item) => isOf(unit, item) && item.since > 0 && isOld(item.since)).length;
}

/** A call that has to be sent again waits since somebody came back from it. */
function waitsSince(one: Case): number | null | undefined {
  return one.state === 'send_again' ? lastInstant(one, 'finished_at') : one.call.fields.received_at;
}

/** What is held is told to its own unit only; of it no more is known here. */
function isOf(unit: string, item: InboxItem): boolean {
  if (item.type === 'held') return true;
  const { fields } = item.doc;
  return 'unit' in fields && fields.unit === unit;
}
