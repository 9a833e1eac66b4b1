import { visitInstant } from '../../../rules/arrival.ts';
import type { SignedField } from '../../../rules/signed_content.ts';
import type { Doc } from '../../../store/index.ts';
import type { Asset, Customer, ServiceCall } from '../../../wire/kinds.ts';
import type { SignatureState } from '../../../wire/states.ts';
import type { Channel, UndoneReason, UnsignedReason } from '../../../wire/vocabulary.ts';
import { type Arrived, arrivedOf } from '../../books/arrived.ts';
import type { Books } from '../../books/books.ts';
import { type ContractGlance, contractGlance } from '../../books/contracts.ts';
import { changesOf, type Difference } from '../../books/differences.ts';
import { entryOf, voucherNumberOf } from '../../books/entries.ts';
import { told } from '../../books/erased.ts';
import { arrivalOf } from '../../books/limits.ts';
import { productName } from '../../books/names.ts';
import { type Undone, undoneOf } from '../../books/undone.ts';
import type { Errand } from './errand.ts';
import { glanceOf, goneOf, type JobGlance } from './glance.ts';

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
  readonly contract: ContractGlance | undefined;
  readonly asset: string | undefined;
  readonly history: readonly PastVisit[];
  /** Visits of this call that could not be completed. */
  readonly undone: readonly Undone[];
  /** What stands beside what the customer signed. */
  readonly changes: readonly Difference[];
  readonly unsignedReason: UnsignedReason | undefined;
  /** When he arrived, and who said so. */
  readonly arrived: Arrived | undefined;
}

/** One entry of the voucher. */
export interface PastVisit {
  readonly id: string;
  readonly at: number;
  readonly action: string;
  /** As the visit keeps them. */
  readonly parts: string | null;
  /** Why it could not be completed. */
  readonly undone: UndoneReason | undefined;
  readonly technician: string;
  readonly signature: SignatureState;
  /** Number of the voucher on which it stands, where the product has several. */
  readonly voucher?: string | undefined;
}

const LAST = 5;

export function jobOf(books: Books, errand: Errand, now: number, unsent = 0): JobView {
  const { call, customer, asset, visit } = errand;
  return {
    ...glanceOf(errand, unsent, goneOf(books, errand), arrivalOf(books, call, now)),
    ...calledFor(call),
    ...installed(asset?.fields ?? {}),
    contract: contractGlance(books, asset, call.fields.received_at ?? now),
    phone: phoneOf(call.fields, customer?.fields ?? {}),
    note: customer?.fields.note ?? '',
    asset: asset?.id,
    history: historyOf(books, errand),
    undone: undoneOf(books, call).filter(({ id }) => id !== errand.id || errand.state === 'finished'),
    changes: visit ? changesOf(entryOf(books, visit)).map((change) => named(books, change)) : [],
    unsignedReason: visit?.fields.unsigned_reason ?? undefined,
    arrived: visit && arrivedOf(books, visit),
  };
}

/** What the ids of a changed field stand for; undefined: nothing that this phone may see. */
function named(books: Books, change: Difference): Difference {
  const names: Partial<Record<SignedField, (id: string) => string | undefined>> = {
    technician: (id) => books.user.get(id)?.fields.name ?? undefined,
    asset: (id) => productName(books.asset.get(id)?.fields ?? {}) || undefined,
    call: (id) => books.service_call.get(id)?.fields.number ?? undefined,
  };
  const name = names[change.field];
  if (!name) return change;
  const said = (value: unknown) => (value === null ? null : name(String(value)));
  return { ...change, signed: said(change.signed), now: said(change.now), others: change.others.map(said) };
}

function calledFor(doc: Doc<'service_call'>): Pick<JobView, 'number' | 'appointmentAt' | 'channel' | 'symptom'> {
  const call = doc.fields;
  return {
    number: call.number ?? call.provisional_number ?? '',
    appointmentAt: call.appointment_at ?? undefined,
    channel: call.channel ?? undefined,
    symptom: told(doc, 'symptom'),
  };
}

function installed(asset: Asset): Pick<JobView, 'serial' | 'warrantyUntil'> {
  return { serial: asset.serial_no ?? '', warrantyUntil: asset.warranty_until ?? undefined };
}

/** The number that was given when the call came in goes first. */
function phoneOf(call: ServiceCall, customer: Customer): string {
  return call.contact_phone ?? customer.mobile ?? customer.phone ?? '';
}

function historyOf(books: Books, { id, asset }: Errand): readonly PastVisit[] {
  const visits = asset ? pastVisits(books, asset) : [];
  return visits.filter((visit) => visit.id !== id).slice(0, LAST);
}

/** Every finished entry of a product, newest first. */
export function pastVisits(books: Books, asset: Doc<'asset'>): readonly PastVisit[] {
  return books.service_visit
    .children('asset', asset)
    .map((visit) => ({
      id: visit.id,
      at: visitInstant(visit.fields, 'finished_at') ?? 0,
      action: told(visit, 'action'),
      parts: visit.fields.parts ?? null,
      undone: visit.fields.undone_reason ?? undefined,
      technician: books.user.get(visit.fields.technician)?.fields.name ?? '',
      signature: entryOf(books, visit).state,
      voucher: voucherNumberOf(books, visit),
    }))
    .filter(({ at }) => at > 0)
    .sort((one, other) => other.at - one.at);
}
