import { placeOf } from '../../rules/places.ts';
import { isTaxId } from '../../rules/tax_id.ts';
import type { Doc } from '../../store/index.ts';
import type { Kinds, ServiceVisit } from '../../wire/kinds.ts';
import { CHANNEL, VISIT_OUTCOME, ZONE, type Zone } from '../../wire/vocabulary.ts';
import { correctionBeside } from '../books/arrived.ts';
import { isNumber } from '../books/telephone.ts';
import type { FieldName } from '../text/fields.ts';
import { inputMoment, instantOf } from '../text/when.ts';
import { CALL_CATEGORIES } from './intake.ts';
import type { Said } from './said.ts';

/** The kinds whose fields are edited in a form. */
export type FormKind = 'customer' | 'asset' | 'service_call' | 'service_visit' | 'maintenance_contract';

/** Where a field's choices come from. */
type Vocabulary = 'categories' | 'channel' | 'zone' | 'outcome';

/** How a field is typed. */
export type Control =
  | 'line'
  | 'phone'
  | 'tax_id'
  | 'long'
  | 'parts'
  | 'moment'
  | 'day'
  | 'last_day'
  | 'money'
  | 'count'
  /** One of the products that whoever opens the form offers. */
  | 'product'
  | Vocabulary;

const CHOICES: Readonly<Record<Vocabulary, readonly string[]>> = {
  categories: CALL_CATEGORIES,
  channel: CHANNEL,
  zone: ZONE,
  outcome: VISIT_OUTCOME,
};

/** The fields of each form, in its order. */
export const FORMS: { readonly [K in FormKind]: { readonly [Field in keyof Kinds[K]]?: Control } } = {
  customer: {
    name: 'line',
    phone: 'phone',
    mobile: 'phone',
    address: 'line',
    district: 'line',
    zone: 'zone',
    tax_id: 'tax_id',
    note: 'long',
  },
  asset: {
    product: 'line',
    model_no: 'line',
    serial_no: 'line',
    sold_at: 'day',
    warranty_until: 'last_day',
    note: 'long',
  },
  service_call: {
    asset: 'product',
    contact_name: 'line',
    contact_phone: 'phone',
    address: 'line',
    district: 'line',
    zone: 'zone',
    zone_reason: 'line',
    category: 'categories',
    category_reason: 'line',
    channel: 'channel',
    appointment_at: 'moment',
    symptom: 'long',
  },
  service_visit: {
    arrived_at: 'moment',
    arrived_reason: 'line',
    category: 'categories',
    category_reason: 'line',
    outcome: 'outcome',
    fee_total: 'money',
    fault: 'long',
    action: 'long',
    parts: 'parts',
  },
  maintenance_contract: {
    number: 'line',
    visits_included: 'count',
    valid_from: 'day',
    valid_until: 'last_day',
    extra_fee: 'money',
    note: 'long',
  },
};

export interface FormField {
  readonly name: FieldName;
  readonly control: Control;
}

/** What was typed, field by field. */
export type Typed = Readonly<Record<string, string>>;

export function formFields(kind: FormKind): readonly FormField[] {
  return Object.entries(FORMS[kind]).map(([name, control]) => ({ name: name as FieldName, control }));
}

/** The choices of a field, undefined for one that is typed freely. */
export function optionsOf(control: Control, said: Said): readonly { id: string; label: string }[] | undefined {
  const choices = CHOICES[control as Vocabulary];
  if (!choices) return undefined;
  const words: Readonly<Record<string, unknown>> = said[control as Vocabulary];
  return choices.map((id) => ({ id, label: String(words[id] ?? id) }));
}

const SHOWN: Partial<Readonly<Record<Control, (value: number) => string>>> = {
  moment: inputMoment,
  day: (at) => inputMoment(at).slice(0, 10),
  last_day: (at) => inputMoment(at).slice(0, 10),
  money: (minor) => String(minor / 100),
};

/** What a form shows of a document when it opens. */
export function typedOf(doc: Doc<FormKind>): Typed {
  const fields = doc.fields as Readonly<Record<string, unknown>>;
  return Object.fromEntries(formFields(doc.kind).map(({ name, control }) => [name, shownAs(control, fields[name])]));
}

function shownAs(control: Control, value: unknown): string {
  if (value == null) return '';
  return SHOWN[control]?.(Number(value)) ?? String(value);
}

/** Whole dollars, with or without thousands: `1,650`. */
const COUNT = /^\d{1,4}$/;
const DOLLARS = /^\d{1,9}$|^\d{1,3}(,\d{3}){1,2}$/;

const READ: Partial<Readonly<Record<Control, (typed: string) => string | number | undefined>>> = {
  phone: (typed) => (isNumber(typed) ? typed : undefined),
  tax_id: taxIdOf,
  moment: instantOf,
  day: (typed) => instantOf(`${typed}T00:00`),
  last_day: (typed) => lastInstantOf(`${typed}T23:59`),
  count: (typed) => (COUNT.test(typed) ? Number(typed) : undefined),
  money: (typed) => (DOLLARS.test(typed) ? Number(typed.replaceAll(',', '')) * 100 : undefined),
};

/** A 統一編號 as it is kept, however it was typed; undefined for one whose check digit does not fit. */
function taxIdOf(typed: string): string | undefined {
  const digits = typed.replaceAll(/[-\s]/g, '');
  return isTaxId(digits) ? digits : undefined;
}

/** The last millisecond of a minute. */
function lastInstantOf(minute: string): number | undefined {
  const at = instantOf(minute);
  return at === undefined ? undefined : at + MINUTE_MS - 1;
}

const MINUTE_MS = 60_000;

/** The value of what was typed: null for nothing, undefined for something that cannot be read. */
export function readTyped(control: Control, typed: string): string | number | null | undefined {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return null;
  const read = READ[control];
  return read ? read(text) : typed.trim();
}

/** What a person changed: the fields with their values, and those whose value cannot be read. */
export interface Changes {
  readonly fields: Readonly<Record<string, string | number | null>>;
  readonly unreadable: readonly string[];
}

/** What stands against saving a form, by field. */
export type Fault = 'required' | 'reversed';

/** What nobody can be served or charged without (F001, F010): once it is there it is changed, not taken out. */
const KEPT: Partial<Readonly<Record<FormKind, readonly FieldName[]>>> = {
  customer: ['name', 'phone', 'address'],
  asset: ['product'],
  service_call: ['asset', 'contact_name', 'contact_phone', 'address', 'zone', 'category', 'symptom'],
  service_visit: ['category', 'outcome'],
};

/** The fields that have to be there, and the last one of which must not lie before the first. */
const PERIODS: Partial<Readonly<Record<FormKind, readonly [from: string, until: string]>>> = {
  maintenance_contract: ['valid_from', 'valid_until'],
};

/** What was taken out and has to be there; a period without a beginning or an end, or with one before the other. */
export function faultsIn(kind: FormKind, before: Typed, typed: Typed): Readonly<Record<string, Fault>> {
  const isEmpty = (text: string | undefined) => !text?.trim();
  const emptied = (KEPT[kind] ?? []).filter((field) => !isEmpty(before[field]) && isEmpty(typed[field]));
  if (emptied.length > 0) return Object.fromEntries(emptied.map((field) => [field, 'required' as const]));
  const period = PERIODS[kind];
  if (!period) return {};
  const missing = period.filter((field) => isEmpty(typed[field]));
  if (missing.length > 0) return Object.fromEntries(missing.map((field) => [field, 'required' as const]));
  const [from, until] = period;
  return (typed[until] ?? '') < (typed[from] ?? '') ? { [until]: 'reversed' } : {};
}

/** Fields that nobody changes without saying why, and where he says it (F020, F024). */
const NEEDS_REASON: Partial<Readonly<Record<FormKind, readonly [field: string, reason: string]>>> = {
  service_call: ['zone', 'zone_reason'],
  service_visit: ['arrived_at', 'arrived_reason'],
};

/** How far a unit's table says that a place is; undefined where it says nothing. */
export type ZoneAt = (there: { readonly district: string; readonly address: string }) => Zone | undefined;

const thereOf = (typed: Typed) => ({ district: typed.district ?? '', address: typed.address ?? '' });

/**
 * What is typed once a field was: a new address brings its district, and another place its zone by the table (F020).
 *
 * Who corrects a house number keeps the zone that somebody chose.
 */
export function typedOn(typed: Typed, name: string, value: string, zoneAt?: ZoneAt): Typed {
  const next: Typed = { ...typed, [name]: value };
  if (!zoneAt || (name !== 'address' && name !== 'district')) return next;
  const district = name === 'address' ? placeOf(value).district : value;
  const moved: Typed = district ? { ...next, district } : next;
  const [there, before] = [zoneAt(thereOf(moved)), zoneAt(thereOf(typed))];
  return there === undefined || there === before ? moved : { ...moved, zone: there };
}

/**
 * The field in which a reason is missing for what was changed; undefined where none is.
 *
 * A zone that follows from the table needs none; one that stays although the table says another of a new place does.
 */
export function missingReason(
  kind: FormKind,
  { fields }: Changes,
  typed: Typed,
  place?: { readonly before: Typed; readonly zoneAt: ZoneAt | undefined },
): string | undefined {
  const [field, reason] = NEEDS_REASON[kind] ?? ['', ''];
  const told = field === 'zone' ? place?.zoneAt?.(thereOf(typed)) : undefined;
  const isOwnWord = typed[field] !== told && (field in fields || hasMoved(told, place));
  // The reason of an earlier change is none of this one.
  return isOwnWord && (!typed[reason]?.trim() || !(reason in fields)) ? reason : undefined;
}

function hasMoved(told: Zone | undefined, place: Parameters<typeof missingReason>[3]): boolean {
  return told !== undefined && told !== place?.zoneAt?.(thereOf(place.before));
}

export function changesIn(kind: FormKind, before: Typed, after: Typed): Changes {
  const changed = formFields(kind).filter(({ name }) => before[name]?.trim() !== after[name]?.trim());
  const read = changed.map(({ name, control }) => [name, readTyped(control, after[name] ?? '')] as const);
  const unreadable = read.filter(([, value]) => value === undefined).map(([name]) => name);
  const fields = read.filter((each): each is readonly [FieldName, string | number | null] => each[1] !== undefined);
  return { fields: Object.fromEntries(fields), unreadable };
}

/**
 * What is written beside what a person changed: of a corrected arrival who did it, and what the phone had said (F024);
 * why somebody was to pay goes with that (F004).
 */
export function besideChanges(doc: Doc<FormKind>, { fields }: Changes, by: string): ServiceVisit {
  const isFree = 'category' in fields && fields.category !== 'paid' && 'category_reason' in doc.fields;
  return {
    ...(doc.kind === 'service_visit' && 'arrived_at' in fields ? correctionBeside(doc.fields, by) : {}),
    ...(isFree && { category_reason: null }),
  };
}
