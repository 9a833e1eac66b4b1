import type { Whereabouts } from '../../../platform/whereabouts.ts';
import type { Doc, Edit, Label, Seen } from '../../../store/index.ts';
import type { Photo, ServiceVisit } from '../../../wire/kinds.ts';
import type { ContactResult, UnsignedReason } from '../../../wire/vocabulary.ts';
import { correctionBeside } from '../../books/arrived.ts';
import type { DeedName } from '../../text/outbox.ts';
import type { Errand } from './errand.ts';
import { glanceOf } from './glance.ts';

/** One group as `store.capture` takes it. */
export interface Captured {
  readonly edits: readonly Edit[];
  readonly label: Label;
}

/** He sets out: the first deed of a visit makes it, under its dispatch's id. */
export function travel(errand: Errand, at: number): Captured {
  const { dispatch, call, visit } = errand;
  const made: ServiceVisit = {
    unit: dispatch.fields.unit ?? null,
    call: call.id,
    asset: call.fields.asset ?? null,
    technician: dispatch.fields.technician ?? null,
  };
  return onVisit(errand, 'visit.travel', visit?.seen, { ...(visit ? {} : made), en_route_at: at });
}

/** He has not set out after all. */
export function stay(errand: Errand): Captured {
  return onVisit(errand, 'visit.stay', errand.visit?.seen, { en_route_at: null });
}

/**
 * He is there; the clock that said so may be wrong, and by how much stands beside it.
 *
 * The visit gets what its call is served as by now, also by the visits before it, and from then on its own counts (F007).
 */
export function arrive(errand: Errand, at: number, clockOffsetMs: number): Captured {
  return onVisit(errand, 'visit.arrive', errand.visit?.seen, {
    arrived_at: at,
    arrived_clock_offset_ms: Math.round(clockOffsetMs),
    ...(errand.visit?.fields.category == null && errand.booked.category && errand.booked),
  });
}

/** He says that it was at another time than his phone did, and why; what the phone said is kept (F024). */
export function correctArrival(errand: Errand, at: number, reason: string, by: string): Captured {
  const beside = correctionBeside(errand.visit?.fields ?? {}, by);
  return onVisit(errand, 'visit.correct', errand.visit?.seen, { arrived_at: at, arrived_reason: reason, ...beside });
}

/** Where he arrived, if the device finds out: the arrival itself is kept already. */
export function placeArrival(errand: Errand, { latitude, longitude, accuracy }: Whereabouts): Captured {
  const fields = { arrived_latitude: latitude, arrived_longitude: longitude, arrived_accuracy: accuracy };
  return onVisit(errand, 'visit.place', errand.visit?.seen, fields);
}

/** What he wrote, as far as it differs from what stood there when he began; null: nothing does. */
export function work(errand: Errand, seen: Seen, before: WorkInput, now: WorkInput): Captured | null {
  const changed = WORK_FIELDS.filter((field) => now[field] !== before[field]);
  if (changed.length === 0) return null;
  const fields = Object.fromEntries(changed.map((field) => [field, now[field]]));
  return onVisit(errand, 'visit.work', seen, fields);
}

/** What was found out about a photo when it was taken. */
export type Shot = Omit<Photo, 'unit' | 'visit' | 'caption' | 'deleted'>;

/** He took a photo. */
export function takePhoto(errand: Errand, id: string, shot: Shot): Captured {
  const named = { unit: errand.dispatch.fields.unit ?? null, visit: errand.id };
  return onPhoto(errand, { kind: 'photo', id, fields: { ...named, ...shot } });
}

/** Where a photo was taken that is kept already: the device took its time to find out. */
export function placePhoto(errand: Errand, id: string, where: Whereabouts): Captured {
  return onPhoto(errand, { kind: 'photo', id, fields: { ...where } });
}

/** What he says of a photo, or that it is to go, or not after all. */
export function changePhoto(errand: Errand, { id, seen }: Doc<'photo'>, fields: Change): Captured {
  return onPhoto(errand, { kind: 'photo', id, seen, fields });
}

type Change = Pick<Photo, 'caption'> | Pick<Photo, 'deleted'>;

function onPhoto(errand: Errand, edit: Edit): Captured {
  return { edits: [edit], label: labelOf(errand, 'visit.photo') };
}

/** The customer does not sign, and why. */
export function finishUnsigned(errand: Errand, at: number, reason: UnsignedReason, note: string): Captured {
  const fields = { finished_at: at, unsigned_reason: reason, unsigned_note: note || null };
  return onVisit(errand, 'visit.unsigned', errand.visit?.seen, fields);
}

/** What came of calling the customer. */
export interface Answer {
  readonly result: ContactResult;
  readonly agreedFor?: number | undefined;
  readonly note?: string | undefined;
}

/** He tried to reach the customer before he came; a wish is the office's to act on (F030). */
export function logContact(errand: Errand, id: string, at: number, user: string, answer: Answer): Captured {
  const { dispatch, call } = errand;
  const fields = {
    unit: dispatch.fields.unit ?? null,
    call: call.id,
    visit: errand.id,
    user,
    at: Math.round(at),
    channel: 'phone',
    result: answer.result,
    note: answer.note?.trim() || null,
    agreed_for: answer.agreedFor ?? null,
  } as const;
  return { edits: [{ kind: 'contact_attempt', id, fields }], label: labelOf(errand, 'visit.contact') };
}

/** It was no such attempt after all. */
export function forgetContact(errand: Errand, id: string): Captured {
  return {
    edits: [{ kind: 'contact_attempt', id, fields: { deleted: true } }],
    label: labelOf(errand, 'visit.contact'),
  };
}

/** What the technician writes on site; money in minor units. */
export type WorkInput = { readonly [Field in (typeof WORK_FIELDS)[number]]: NonNullable<ServiceVisit[Field]> | null };

const WORK_FIELDS = [
  'category',
  'category_reason',
  'fault',
  'action',
  'parts',
  'outcome',
  'undone_reason',
  'undone_note',
  'undone_next',
  'undone_wish_at',
  'fee_total',
] as const;

/** What stands in a visit when the form opens. */
export function workOf(visit: ServiceVisit): WorkInput {
  return Object.fromEntries(WORK_FIELDS.map((field) => [field, visit[field] ?? null])) as WorkInput;
}

/** What the form begins with: a visit that has no category gets the one that its call is served as by now (F001). */
export function beginning(standing: WorkInput, { category, category_reason }: Errand['booked']): WorkInput {
  if (standing.category !== null || category == null) return standing;
  return { ...standing, category, category_reason: category_reason ?? null };
}

export function labelOf(errand: Errand, what: DeedName): Label {
  return { about: errand.id, what, who: glanceOf(errand, 0, undefined).customer };
}

function onVisit(errand: Errand, what: DeedName, seen: Seen | undefined, fields: ServiceVisit): Captured {
  const edit = { kind: 'service_visit', id: errand.id, fields } as const;
  return { edits: [seen ? { ...edit, seen } : edit], label: labelOf(errand, what) };
}
