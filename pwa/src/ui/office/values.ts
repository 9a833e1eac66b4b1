import type { Books } from '../books/books.ts';
import { partsWords } from '../parts/used_parts.ts';
import { money, size } from '../text/amount.ts';
import type { FieldName } from '../text/fields.ts';
import { timerFace } from '../text/span.ts';
import { clockTime, dayWords, sameDay, tableDate, withTime } from '../text/when.ts';
import { callNumber, personName, productName } from './names.ts';
import type { Said } from './said.ts';
import { subjectOf } from './subject.ts';

export { dayWords } from '../text/when.ts';

/** What a value is written with: the words, the rows that it may name, and now. */
export interface Writer {
  readonly said: Said;
  readonly books: Books;
  readonly now: number;
}

const SHORT_HASH = 8;
const MICRO = 1_000_000;
const PLACES = 5;

/** Every way in which the values of a field are written. */
const WAYS = {
  text: (value) => String(value),
  moment: (value, { now }) => momentWords(Number(value), now),
  day: (value) => tableDate(Number(value)),
  span: (value) => `${Number(value) < 0 ? '-' : '+'}${timerFace(Math.abs(Number(value)))}`,
  money: (value) => money(Number(value)),
  bytes: (value) => size(Number(value)),
  metres: (value, { said }) => said.value.metres({ count: Number(value) }),
  degrees: (value) => (Number(value) / MICRO).toFixed(PLACES),
  pixels: (value, { said }) => said.value.pixels({ count: Number(value) }),
  device: (value, { said, books }) => books.device.get(String(value))?.fields.name ?? said.value.unknown,
  visit: (value, { said, books, now }) => visitWords(books, String(value), now) || said.value.unknown,
  hash: (value) => shortHash(String(value)),
  flag: (value, { said }) => (value === true ? said.value.yes : said.value.no),
  deleted: (value, { said }) => (value === true ? said.value.deleted : said.value.kept),
  category: (value, { said }) => word(said.categories, value),
  channel: (value, { said }) => word({ ...said.contactChannel, ...said.channel }, value),
  zone: (value, { said }) => word(said.zone, value),
  outcome: (value, { said }) => word(said.outcome, value),
  unsigned: (value, { said }) => word(said.unsigned, value),
  place: (value, { said }) => word(said.place, value),
  priority: (value, { said }) => word(said.value, value),
  role: (value, { said }) => word({ ...said.role, ...said.signer }, value),
  undone: (value, { said }) => word(said.undone, value),
  undoneNext: (value, { said }) => word(said.undoneNext, value),
  result: (value, { said }) => word(said.result, value),
  kind: (value, { said }) => word({ ...said.unitKind, ...said.dayKind, ...said.feeKind }, value),
  list: (value, { said }) => word(said.phraseList, value),
  breach: (value, { said }) => word(said.breach, value),
  absence: (value, { said }) => word(said.absence, value),
  origin: (value, { said }) => word(said.origin, value),
  work: (value, { said }) => word(said.work, value),
  parts: (value, { said }) => partsWords(value, said.usedParts),
  person: (value, { said, books }) => personName(books, String(value)) || said.value.unknown,
  customer: (value, { said, books }) => books.customer.get(String(value))?.fields.name ?? said.value.unknown,
  asset: (value, { said, books }) => productName(books.asset.get(String(value))?.fields ?? {}) || said.value.unknown,
  head: (value, { said, books }) => {
    const found =
      books.customer.get(String(value))?.fields.name ?? productName(books.asset.get(String(value))?.fields ?? {});
    return found || said.value.unknown;
  },
  contract: (value, { said, books }) => {
    const found = books.maintenance_contract.get(String(value));
    return found ? (found.fields.number ?? '') : said.value.unknown;
  },
  unit: (value, { said, books }) => books.unit.get(String(value))?.fields.name ?? said.value.unknown,
  call: (value, { said, books }) => {
    const call = books.service_call.get(String(value));
    return (call && callNumber({ call })) || said.value.unknown;
  },
} satisfies Record<string, (value: unknown, writer: Writer) => string>;

type Way = keyof typeof WAYS;

/** The fields of each way; what is listed nowhere is text as it stands. */
const FIELDS: Partial<Readonly<Record<Way, readonly FieldName[]>>> = {
  moment: [
    'agreed_for',
    'amended_at',
    'appointment_at',
    'arrived_at',
    'arrived_stamped_at',
    'at',
    'cancelled_at',
    'checked_out_at',
    'closed_at',
    'confirmed_at',
    'deactivated_at',
    'dispatched_at',
    'due_at',
    'en_route_at',
    'ended_at',
    'enrolled_at',
    'erased_at',
    'expires_at',
    'filed_at',
    'finished_at',
    'from_at',
    'logged_at',
    'merged_at',
    'opened_at',
    'planned_at',
    'proposed_for',
    'received_at',
    'retired_at',
    'revoked_at',
    'signed_at',
    'started_at',
    'taken_at',
    'undone_wish_at',
    'starts_at',
    'taken_at',
    'until_at',
    'withdrawn_at',
  ],
  day: ['sold_at', 'warranty_until', 'valid_from', 'valid_until'],
  span: ['arrived_clock_offset_ms'],
  money: ['fee_total', 'extra_fee', 'amount'],
  bytes: ['size'],
  metres: ['accuracy', 'arrived_accuracy'],
  degrees: ['latitude', 'longitude', 'arrived_latitude', 'arrived_longitude'],
  pixels: ['height', 'width'],
  device: ['device'],
  visit: ['visit'],
  hash: [
    'signature',
    'secret',
    'confirmed_sha256',
    'content_sha256',
    'strokes_sha256',
    'image_sha256',
    'key_thumbprint',
    'device_signature',
  ],
  deleted: ['deleted'],
  category: ['category'],
  channel: ['channel'],
  zone: ['zone'],
  outcome: ['outcome'],
  unsigned: ['unsigned_reason'],
  place: ['place'],
  priority: ['priority'],
  role: ['role'],
  undone: ['undone_reason'],
  undoneNext: ['undone_next'],
  result: ['result'],
  kind: ['kind'],
  list: ['list'],
  breach: ['breach_reason'],
  absence: ['reason'],
  origin: ['origin'],
  work: ['work'],
  parts: ['parts'],
  person: [
    'acting_for',
    'amended_by',
    'arrived_corrected_by',
    'cancelled_by',
    'withdrawn_by',
    'checked_out_to',
    'closed_by',
    'confirmed_by',
    'dispatched_by',
    'logged_by',
    'merged_by',
    'proposed_by',
    'proposed_technician',
    'recorded_by',
    'signed_by',
    'substitute',
    'technician',
    'user',
  ],
  customer: ['customer'],
  asset: ['asset'],
  head: ['merged_into'],
  contract: ['contract'],
  unit: ['unit'],
  call: ['call', 'duplicate_of'],
};

const wayOf = new Map(
  Object.entries(FIELDS).flatMap(([way, names]) => names.map((name): [string, Way] => [name, way as Way])),
);

const NUMERIC: readonly Way[] = ['moment', 'day', 'span', 'money', 'bytes', 'metres', 'degrees', 'pixels'];
/** The last instant that a date can hold, in epoch milliseconds. */
const LAST_INSTANT = 8.64e15;

/**
 * A field's value as people read it; one that is not there is said to be empty.
 *
 * A held operation may want any value in any field: what does not fit is shown as it came.
 */
export function valueWords(field: string, value: unknown, writer: Writer): string {
  if (value == null || value === '') return writer.said.value.none;
  const way = wayOf.get(field) ?? 'text';
  return fits(way, value) ? WAYS[way](value, writer) : JSON.stringify(value);
}

function fits(way: Way, value: unknown): boolean {
  if (NUMERIC.includes(way)) return Number.isSafeInteger(value) && Math.abs(Number(value)) <= LAST_INSTANT;
  return typeof value !== 'object';
}

/** The name of a field, or its code where a newer office has one that these words do not know. */
export function fieldWords(field: string, { said }: Pick<Writer, 'said'>): string {
  return word(said.field, field);
}

/** `10:45` of today, `11/20 10:45` of another day, the year too where it is another. */
export function momentWords(at: number, now: number): string {
  if (sameDay(at, now)) return clockTime(at);
  return withTime(dayWords(at, now), clockTime(at));
}

/** Whose visit it was and when: 陳美惠 11/25 10:12. */
function visitWords(books: Books, id: string, now: number): string {
  const at = books.service_visit.get(id)?.fields.arrived_at;
  return [subjectOf(books, 'service_visit', id).customer, at ? momentWords(at, now) : ''].filter(Boolean).join(' ');
}

/** The first characters of a hash, as people compare it. */
export function shortHash(hash: string): string {
  return hash.slice(0, SHORT_HASH).replace(/(.{4})(?=.)/g, '$1 ');
}

/** How wide a text stands, in Latin letters: a Chinese character takes the room of two. */
export function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (/[\u1100-\uffff]/.test(character) ? 2 : 1), 0);
}

/** A sentence without the space that a number or a Latin word wants and a Chinese one does not. */
export function closedUp(sentence: string): string {
  return sentence.replace(/(?<=[\p{Script=Han}，。、（）」]) (?=[\p{Script=Han}（）「])/gu, '');
}

function word(words: object, value: unknown): string {
  const found: unknown = (words as Readonly<Record<string, unknown>>)[String(value)];
  return typeof found === 'string' ? found : String(value);
}
