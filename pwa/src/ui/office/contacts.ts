import type { Client } from '../../net/index.ts';
import type { Ambient } from '../../platform/ambient.ts';
import { isOpen, type ServiceCalendar, workedMs } from '../../rules/service_hours.ts';
import type { DeviceContact } from '../../wire/bodies.ts';
import type { Role } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { calendarIn } from '../books/limits.ts';
import type { contact as texts } from '../text/contact.ts';
import { clockTime, dayBegins, sameDay } from '../text/when.ts';
import { isWork } from './cases.ts';
import { type Kept, keepNothing, keepReading, type Reading } from './reading.ts';
import { momentWords } from './values.ts';

/** What is known of one device, or of all phones of one person together; every time by the office's clock. */
export interface Contact extends Omit<DeviceContact, 'device' | 'app' | 'repairs'> {
  /** When the office said so: whoever was not heard of since may have been heard by it. */
  readonly toldAt: number;
}

export type OfDevice = Contact & DeviceContact;
export type Contacts = Reading<OfDevice>;

/** The roles that the server tells who was in touch when. */
export const BOARD: readonly Role[] = [
  'clerk',
  'service_manager',
  'branch_manager',
  'service_department',
  'vice_gm',
  'auditor',
  'admin',
];

const EVERY_MS = 60_000;
const SILENT_MS = 1_800_000;
const DAY_MS = 86_400_000;

/** Keeps in step when each device was last in touch, while somebody looks: a hello reaches nobody by itself. */
export function keepContacts(client: Client, { now }: Pick<Ambient, 'now'>, mayRead: boolean): Kept<OfDevice> {
  const ask = async () => {
    const told = ((await client.ask('GET', '/api/contacts')) ?? []) as readonly DeviceContact[];
    const toldAt = now() + client.status.get().clockOffsetMs;
    return told.map((each) => ({ ...each, toldAt }));
  };
  return mayRead ? keepReading(client, ask, EVERY_MS) : keepNothing();
}

/** The last contact of the phones that somebody works with in the field; undefined where there never was one. */
export function contactOf(books: Books, { list }: Contacts, user: string): Contact | undefined {
  const phones = books.device
    .where('user', user)
    .filter(({ fields }) => fields.place === 'field' && fields.revoked_at == null)
    .map(({ id }) => id);
  const [first, ...others] = list.filter(({ device }) => phones.includes(device));
  return first && others.reduce<Contact>(together, first);
}

/** Whether no phone of somebody was ever in touch; nobody knows before the server has told. */
export function isNever(books: Books, contacts: Contacts, user: string): boolean {
  return contacts.read && contacts.error === undefined && contactOf(books, contacts, user) === undefined;
}

function together(one: Contact, other: Contact): Contact {
  const ages = [one, other].map(({ oldest_pending_at }) => oldest_pending_at).filter((at) => at !== null);
  return {
    at: Math.max(one.at, other.at),
    pending: one.pending + other.pending,
    oldest_pending_at: ages.length === 0 ? null : Math.min(...ages),
    toldAt: one.toldAt,
  };
}

/** Whether nothing was heard for more than half an hour of the unit's working time, as far as the office told. */
export function isSilent({ at, toldAt }: Contact, calendar: ServiceCalendar): boolean {
  return workedToday(calendar, at, toldAt) > SILENT_MS;
}

/** Working milliseconds between two instants of which the later one is `now`, of today only; 0 outside working hours. */
export function workedToday(calendar: ServiceCalendar, since: number, now: number): number {
  return isOpen(calendar, now) ? workedMs(calendar, Math.max(since, dayBegins(now)), now) : 0;
}

/** Whether a device said that it still has something and was then not heard of for a day. */
export function isLost({ at, pending, toldAt }: Contact): boolean {
  return pending > 0 && toldAt - at > DAY_MS;
}

/** Technicians who are sent somewhere today, have not finished there, and are silent. */
export function silentPeople(books: Books, contacts: Contacts, now: number): readonly string[] {
  const underWay = books.dispatch.all
    .filter((dispatch) => isWork(books, dispatch) && sameDay(dispatch.fields.planned_at ?? 0, now))
    .filter(({ id }) => books.service_visit.get(id)?.fields.finished_at == null)
    .map(({ fields }) => [fields.technician ?? '', fields.unit ?? ''] as const);
  return [...new Map(underWay)].flatMap(([user, unit]) => {
    const contact = contactOf(books, contacts, user);
    return contact !== undefined && isSilent(contact, calendarIn(books, unit)) ? [user] : [];
  });
}

type Words = ReturnType<typeof texts.get>;

/** `10:12`, `昨天 10:12`, `11/20 10:12`. */
export function lastWords(words: Words, at: number, now: number): string {
  return sameDay(at, now - DAY_MS) && !sameDay(at, now)
    ? words.yesterday({ time: clockTime(at) })
    : momentWords(at, now);
}

/** What a device said that it still has, and since when; the empty text where it has nothing. */
export function pendingWords(
  words: Words,
  { pending: count, oldest_pending_at: oldest }: Contact,
  now: number,
): string {
  if (count === 0) return '';
  return oldest === null ? words.unsent({ count }) : words.unsentSince({ count, time: lastWords(words, oldest, now) });
}

/** The same of a device that never brought it. */
export function lostWords(words: Words, { pending: count, oldest_pending_at: oldest }: Contact, now: number): string {
  return oldest === null ? words.lost({ count }) : words.lostSince({ count, time: lastWords(words, oldest, now) });
}
