import type { Me } from '../../store/index.ts';
import type { AdminTime } from '../../wire/kinds.ts';
import { WRITERS } from '../../wire/rights.ts';
import { ADMIN_WORK, type AdminWork, type Role } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { type TimeLine, timeLines } from '../books/working_time.ts';
import { dayBegins, instantOf, sameDay } from '../text/when.ts';
import { monthAfter, monthOf } from './arrivals.ts';
import { hasRole, mayWrite } from './desk.ts';
import { personName } from './names.ts';

/** One line as the office lists it. */
export interface TimeRow extends TimeLine {
  readonly name: string;
}

/** How much of a list is shown at once, and when it is. */
export interface Period {
  readonly by: 'day' | 'month';
  /** An instant within it. */
  readonly at: number;
}

const HALF_DAY_MS = 43_200_000;

/** The same stretch so many steps away. */
export function periodAfter({ by, at }: Period, step: number): Period {
  const day = dayBegins(dayBegins(at) + HALF_DAY_MS + step * 2 * HALF_DAY_MS);
  return { by, at: by === 'day' ? day : (instantOf(`${monthAfter(monthOf(at), step)}-01T00:00`) ?? at) };
}

export const isWithin = ({ by, at }: Period, instant: number) =>
  by === 'day' ? sameDay(at, instant) : monthOf(at) === monthOf(instant);

/** A unit's lines of a period, in the order in which they began; what runs belongs to today as well. */
export function timeRows(books: Books, unit: string, period: Period, now: number): readonly TimeRow[] {
  const wanted = (time: AdminTime) =>
    time.unit === unit && (isWithin(period, time.started_at ?? 0) || (time.ended_at == null && isWithin(period, now)));
  const people = new Set(books.admin_time.where('unit', unit).map(({ fields }) => fields.user ?? ''));
  return [...people]
    .flatMap((user) => timeLines(books, user, now, wanted).map((line) => ({ ...line, name: personName(books, user) })))
    .sort((one, other) => one.from - other.from || (one.id < other.id ? -1 : 1));
}

/** What one person did, kind by kind, in minutes. */
export interface PersonSum {
  readonly id: string;
  readonly name: string;
  readonly minutes: Readonly<Record<AdminWork, number>>;
  readonly total: number;
}

/** The sums of everybody who did something, whoever did most first. */
export function sumsOf(rows: readonly TimeRow[]): readonly PersonSum[] {
  return [...Map.groupBy(rows, ({ user }) => user)]
    .map(([id, own]) => ({ id, name: own[0]?.name ?? '', ...sumOf(own) }))
    .sort((one, other) => other.total - one.total || (one.id < other.id ? -1 : 1));
}

/** The sums of some lines, whoever's they are. */
export function sumOf(rows: readonly TimeRow[]): Pick<PersonSum, 'minutes' | 'total'> {
  const of = (work: AdminWork) => rows.reduce((sum, row) => sum + (row.work === work ? row.minutes : 0), 0);
  const minutes = Object.fromEntries(ADMIN_WORK.map((work) => [work, of(work)])) as Record<AdminWork, number>;
  return { minutes, total: rows.reduce((sum, row) => sum + row.minutes, 0) };
}

/** Who of a unit has general work to write down, by name. */
export function workersOf(books: Books, unit: string): readonly { id: string; label: string }[] {
  const able: readonly Role[] = WRITERS.admin_time.user;
  const users = books.role_grant
    .where('unit', unit)
    .filter(({ fields }) => fields.ended_at == null && able.some((role) => role === fields.role))
    .map(({ fields }) => fields.user ?? '');
  return [...new Set(users)]
    .filter((user) => books.user.get(user)?.fields.deactivated_at == null)
    .map((id) => ({ id, label: personName(books, id) }))
    .toSorted((one, other) => one.label.localeCompare(other.label, 'zh-Hant'));
}

/** Whose time somebody writes in a unit: his own, as its service manager everybody's. */
export function writableBy(books: Books, me: Me, unit: string): readonly { id: string; label: string }[] {
  if (unit !== me.unit || !mayWrite(me, 'admin_time')) return [];
  const workers = workersOf(books, unit);
  return hasRole(me, 'service_manager') ? workers : workers.filter(({ id }) => id === me.user);
}
