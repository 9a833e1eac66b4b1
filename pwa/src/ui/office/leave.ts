import { type ServiceCalendar, stretchesOn } from '../../rules/service_hours.ts';
import type { Edit } from '../../store/index.ts';
import type { AbsenceReason, Role } from '../../wire/vocabulary.ts';
import { type Absence, absencesIn, absencesOf } from '../books/absences.ts';
import type { Books } from '../books/books.ts';
import { inputMoment, instantOf } from '../text/when.ts';
import { overlaps } from './board_hours.ts';
import { hasRole } from './desk.ts';

/** Who appoints an acting manager: for good, not himself acting (server/accounts/acting.py). */
const APPOINTERS: readonly Role[] = ['service_manager', 'branch_manager', 'service_department', 'admin'];

/** Whether somebody may appoint an acting manager, or end it. */
export function mayAppoint(me: {
  readonly roles: readonly Role[];
  readonly acting?: readonly { role: Role }[] | undefined;
}) {
  const forATime = me.acting?.map(({ role }) => role) ?? [];
  return hasRole({ roles: me.roles.filter((role) => !forATime.includes(role)) }, ...APPOINTERS);
}

/** An absence as a person writes it down; moments as their inputs show them. */
export interface AbsenceForm {
  readonly user: string;
  readonly from: string;
  readonly until: string;
  readonly reason: AbsenceReason;
  readonly substitute: string;
  readonly note: string;
}

export type AbsenceFault = 'no_person' | 'no_from' | 'no_until' | 'reversed';

/** A whole working day, as it is proposed for a new absence: the next one whose opening is still to come. */
export function newAbsence(calendar: ServiceCalendar, now: number): AbsenceForm {
  const days = Array.from({ length: 14 }, (_, i) => stretchesOn(calendar, now + i * 86_400_000));
  const day = days.find(([first]) => first && first[0] > now) ?? [];
  const [from, until] = [day[0]?.[0] ?? now, day.at(-1)?.[1] ?? now];
  return { user: '', from: inputMoment(from), until: inputMoment(until), reason: 'annual', substitute: '', note: '' };
}

export function formOf({ doc, user, from, until }: Absence): AbsenceForm {
  const { reason, substitute, note } = doc.fields;
  return {
    user,
    from: inputMoment(from),
    until: inputMoment(until),
    reason: reason ?? 'other',
    substitute: substitute ?? '',
    note: note ?? '',
  };
}

export function faultOf({ user, from, until }: AbsenceForm): AbsenceFault | undefined {
  if (user === '') return 'no_person';
  const [begins, ends] = [instantOf(from), instantOf(until)];
  if (begins === undefined) return 'no_from';
  if (ends === undefined) return 'no_until';
  return begins < ends ? undefined : 'reversed';
}

/** The stretch that a form means; undefined while it means none. */
export function stretchOf(
  form: AbsenceForm,
): { readonly user: string; readonly from: number; readonly until: number } | undefined {
  const [from, until] = [instantOf(form.from), instantOf(form.until)];
  return from === undefined || until === undefined || from >= until ? undefined : { user: form.user, from, until };
}

/** Another absence of somebody in that time, not the one with this id. */
export function clashing(books: Books, user: string, stretch: ReturnType<typeof stretchOf>, except?: string) {
  if (!stretch) return undefined;
  const mine = [stretch.from, stretch.until] as const;
  return absencesOf(books, user).find(({ doc, from, until }) => doc.id !== except && overlaps([from, until], mine));
}

/** The edit by which an absence is written down, or changed: only what is different. */
export function writing(
  form: AbsenceForm,
  { id, unit, by, before }: { id: string; unit: string; by: string; before: Absence | undefined },
): Edit {
  const said = {
    user: form.user,
    from_at: instantOf(form.from) ?? null,
    until_at: instantOf(form.until) ?? null,
    reason: form.reason,
    substitute: form.substitute || null,
    note: form.note.trim() || null,
  };
  if (!before) return { kind: 'absence', id, fields: { unit, ...said, recorded_by: by } };
  const known = new Map<string, unknown>(Object.entries(before.doc.fields));
  const changed = Object.entries(said).filter(([name, value]) => (known.get(name) ?? null) !== value);
  return { kind: 'absence', id, seen: before.doc.seen, fields: Object.fromEntries(changed) };
}

/** The edit by which somebody comes after all. */
export function cancelling({ doc }: Absence, now: number): Edit {
  return { kind: 'absence', id: doc.id, seen: doc.seen, fields: { cancelled_at: now } };
}

/** A unit's absences: those that are not over, the first one first, or those that are, the last one first. */
export function listed(books: Books, unit: string, now: number, which: 'coming' | 'past'): readonly Absence[] {
  const every = absencesIn(books, unit);
  if (which === 'coming') return every.filter(({ until }) => now < until);
  return every.filter(({ until }) => until <= now).toReversed();
}
