import type { SignatureState } from '../../../wire/states.ts';
import type { Channel, UnsignedReason } from '../../../wire/vocabulary.ts';
import type { Books } from '../../books/books.ts';
import { entryOf } from '../../books/entries.ts';
import { type Errand, isOver } from './errand.ts';
import { glanceOf, goneTo, type JobGlance } from './glance.ts';

/** A job with everything needed at the door. */
export interface JobView extends JobGlance {
  readonly number: string;
  readonly phone: string;
  readonly appointmentAt: number | undefined;
  readonly channel: Channel | undefined;
  readonly symptom: string;
  readonly serial: string;
  /** What the office knows about getting there. */
  readonly note: string;
  readonly warrantyUntil: number | undefined;
  readonly asset: string | undefined;
  readonly history: readonly PastVisit[];
  readonly signature: SignatureState;
  readonly unsignedReason: UnsignedReason | undefined;
}

/** One entry of the voucher. */
export interface PastVisit {
  readonly id: string;
  readonly at: number;
  readonly action: string;
  readonly technician: string;
  readonly signature: SignatureState;
}

const LAST = 5;

export function jobOf(books: Books, errand: Errand): JobView {
  const { call, customer, asset, visit, signature } = errand;
  const { number, provisional_number, contact_phone, appointment_at, channel, symptom } = call.fields;
  return {
    ...glanceOf(errand, 0, isOver(errand) && errand.state !== 'finished' ? goneTo(books, errand) : undefined),
    number: number ?? provisional_number ?? '',
    phone: contact_phone ?? customer?.fields.mobile ?? customer?.fields.phone ?? '',
    appointmentAt: appointment_at ?? undefined,
    channel: channel ?? undefined,
    symptom: symptom ?? '',
    serial: asset?.fields.serial_no ?? '',
    note: customer?.fields.note ?? '',
    warrantyUntil: asset?.fields.warranty_until ?? undefined,
    asset: asset?.id,
    history: asset
      ? pastVisits(books, asset.id)
          .filter(({ id }) => id !== errand.id)
          .slice(0, LAST)
      : [],
    signature,
    unsignedReason: visit?.fields.unsigned_reason ?? undefined,
  };
}

/** Every finished entry of a product, newest first. */
export function pastVisits(books: Books, asset: string): readonly PastVisit[] {
  return books.service_visit
    .where('asset', asset)
    .map((visit) => ({
      id: visit.id,
      at: visit.fields.finished_at ?? 0,
      action: visit.fields.action ?? '',
      technician: books.user.get(visit.fields.technician)?.fields.name ?? '',
      signature: entryOf(books, visit).state,
    }))
    .filter(({ at }) => at > 0)
    .sort((one, other) => other.at - one.at);
}
