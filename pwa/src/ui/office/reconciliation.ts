import type { Doc } from '../../store/index.ts';
import { LIST_OF_STATE, type Unsettled } from '../../wire/states.ts';
import type { Books } from '../books/books.ts';
import { calendarIn } from '../books/limits.ts';
import { inputMoment } from '../text/when.ts';
import { type Case, caseOf, isOpen } from './cases.ts';

const DAY_MS = 86_400_000;
const DATE_LENGTH = 'yyyy-mm-dd'.length;

/** How many days back a missing reconciliation is told. */
const DAYS_TOLD = 14;

/** The date of an instant by the clock of the unit's town. */
export const dateOf = (at: number) => inputMoment(at).slice(0, DATE_LENGTH);

/** What of a unit's calls is not settled, list by list, the oldest first (1-13, F017). */
export function unsettledCases(books: Books, unit: string): Readonly<Record<Unsettled, readonly Case[]>> {
  const cases = books.service_call
    .where('unit', unit)
    .filter(isOpen)
    .map((call) => caseOf(books, call))
    .sort((one, other) => receivedAt(one) - receivedAt(other) || (one.id < other.id ? -1 : 1));
  const on = (list: Unsettled) => cases.filter(({ state }) => listOf(state) === list);
  return { undispatched: on('undispatched'), out: on('out'), unclosed: on('unclosed') };
}

const listOf = (state: Case['state']): Unsettled | undefined =>
  (LIST_OF_STATE as Partial<Record<string, Unsettled>>)[state];
const receivedAt = ({ call }: Pick<Case, 'call'>) => call.fields.received_at ?? 0;

/** One day with what was signed of it; undefined where nobody has. */
export interface SignedDay {
  readonly date: string;
  readonly signed: Doc<'reconciliation'> | undefined;
}

/** The working days of the last two weeks, the newest first, since the unit's first call: who signed, or that nobody did. */
export function signedDays(books: Books, unit: string, now: number): readonly SignedDay[] {
  const { week, days } = calendarIn(books, unit);
  const signed = new Map(books.reconciliation.where('unit', unit).map((each) => [each.fields.date ?? '', each]));
  const first = dateOf(Math.min(now, ...books.service_call.where('unit', unit).map((call) => receivedAt({ call }))));
  const today = Date.parse(dateOf(now));
  const dates = Array.from({ length: DAYS_TOLD }, (_, back) => new Date(today - back * DAY_MS).toISOString());
  return dates
    .map((day) => day.slice(0, DATE_LENGTH))
    .flatMap((date) => {
      const hours = days[date] ?? week[(new Date(date).getUTCDay() + 6) % 7] ?? [];
      const one = signed.get(date);
      return one || (hours.length > 0 && date >= first) ? [{ date, signed: one }] : [];
    });
}

/** Whether what was signed today still holds: the same counts as now. */
export function stillHolds(
  signed: Doc<'reconciliation'>,
  lists: Readonly<Record<Unsettled, readonly Case[]>>,
): boolean {
  const { undispatched, out, unclosed } = signed.fields;
  return undispatched === lists.undispatched.length && out === lists.out.length && unclosed === lists.unclosed.length;
}
