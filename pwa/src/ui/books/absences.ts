import { actsAt, lasts } from '../../rules/grants.ts';
import { visitState } from '../../rules/visit_state.ts';
import type { Doc } from '../../store/index.ts';
import type { Books } from './books.ts';

/** When somebody does not work, with both ends said. */
export interface Absence {
  readonly doc: Doc<'absence'>;
  readonly user: string;
  readonly from: number;
  readonly until: number;
}

/** The absences of a person that stand, the first one first; `null`: of nobody. */
export function absencesOf(books: Books, user: string | null | undefined): readonly Absence[] {
  return user ? standing(books.absence.where('user', user)) : [];
}

/** The absences of a unit's people that stand, the first one first. */
export function absencesIn(books: Books, unit: string): readonly Absence[] {
  return standing(books.absence.where('unit', unit));
}

function standing(docs: readonly Doc<'absence'>[]): readonly Absence[] {
  return docs
    .flatMap((doc) => {
      const { user, from_at: from, until_at: until, cancelled_at } = doc.fields;
      const isOne = user != null && from != null && until != null && from < until && cancelled_at == null;
      return isOne ? [{ doc, user, from, until }] : [];
    })
    .toSorted((one, other) => one.from - other.from || (one.doc.id < other.doc.id ? -1 : 1));
}

/** Why somebody is not there at an instant. */
export function absenceAt(books: Books, user: string | null | undefined, at: number): Absence | undefined {
  return absencesOf(books, user).find(({ from, until }) => from <= at && at < until);
}

/** The jobs that are planned for somebody while he is away and that nobody has begun, the first one first. */
export function jobsDuring(
  books: Books,
  { user, from, until }: Pick<Absence, 'user' | 'from' | 'until'>,
): readonly Doc<'dispatch'>[] {
  return books.dispatch
    .where('technician', user)
    .filter(({ id, fields }) => {
      const at = fields.planned_at ?? 0;
      return fields.cancelled_at == null && from <= at && at < until && waits(books, id, fields.call);
    })
    .toSorted((one, other) => (one.fields.planned_at ?? 0) - (other.fields.planned_at ?? 0));
}

function waits(books: Books, dispatch: string, call: string | null | undefined): boolean {
  const { closed_at, withdrawn_at, duplicate_of } = books.service_call.get(call)?.fields ?? {};
  const state = visitState(books.service_visit.get(dispatch)?.fields ?? {});
  const isOpen = closed_at == null && withdrawn_at == null && duplicate_of == null;
  return isOpen && (state === 'planned' || state === 'en_route');
}

/** Who is service manager of a unit for good. */
export function managersOf(books: Books, unit: string): readonly string[] {
  const grants = books.role_grant.where('unit', unit).filter(({ fields }) => lasts(fields));
  const managers = grants.filter(({ fields }) => fields.role === 'service_manager').map(({ fields }) => fields.user);
  return [...new Set(managers)].filter((user): user is string => user != null && isActive(books, user));
}

function isActive(books: Books, user: string): boolean {
  return books.user.get(user)?.fields.deactivated_at == null;
}

/** Everybody of a unit who has an account, by name. */
export function peopleOf(books: Books, unit: string): readonly string[] {
  const name = (user: string) => books.user.get(user)?.fields.name ?? '';
  return books.user
    .where('unit', unit)
    .map(({ id }) => id)
    .filter((user) => isActive(books, user))
    .toSorted((one, other) => name(one).localeCompare(name(other), 'zh-Hant'));
}

/** By which grants somebody acts in a unit now or will, the first one first. */
export function actingIn(books: Books, unit: string, now: number): readonly Doc<'role_grant'>[] {
  return books.role_grant
    .where('unit', unit)
    .filter(({ fields }) => fields.until_at != null && fields.ended_at == null && now < fields.until_at)
    .toSorted((one, other) => (one.fields.starts_at ?? 0) - (other.fields.starts_at ?? 0));
}

/** By which grant somebody acts now, if he does. */
export function actingOf(books: Books, user: string, now: number): Doc<'role_grant'> | undefined {
  return books.role_grant.where('user', user).find(({ fields }) => actsAt(fields, now));
}

/** Of a unit whose managers are all away and for whom nobody acts the absence that ends first; null where it has none. */
export function unattended(books: Books, unit: string, now: number): Absence | null | undefined {
  const away = managersOf(books, unit).map((user) => absenceAt(books, user, now));
  if (away.includes(undefined)) return undefined;
  const acting = books.role_grant.where('unit', unit).filter(({ fields }) => actsAt(fields, now));
  const isHere = (user: string) => {
    const person = books.user.get(user);
    return person?.fields.deactivated_at == null && absenceAt(books, user, now) === undefined;
  };
  if (acting.some(({ fields }) => isHere(fields.user ?? ''))) return undefined;
  return (away as readonly Absence[]).toSorted((one, other) => one.until - other.until)[0] ?? null;
}
