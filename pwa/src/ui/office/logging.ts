import type { Edit, Label } from '../../store/index.ts';
import type { Kinds } from '../../wire/kinds.ts';
import type { Kind } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { isMobile } from '../books/telephone.ts';
import { instantOf, plainDate } from '../text/when.ts';
import type { Intake } from './intake.ts';

/** Who logs, when, and where ids come from. */
export interface Desk {
  readonly user: string;
  readonly unit: string;
  readonly now: number;
  readonly id: () => string;
}

/** A logged call: the group that is captured, its label, and what the screen says of it. */
export interface Logged {
  readonly call: string;
  readonly number: string;
  readonly edits: readonly Edit[];
  readonly label: Label;
}

/** The group that an intake writes: a new customer, a new product with its voucher, and the call (F010 to F013). */
export function logged(books: Books, intake: Intake, desk: Desk): Logged {
  const call = desk.id();
  const customer = intake.customer || desk.id();
  const asset = intake.asset || desk.id();
  const number = provisionalNumber(call, intake.startedAt ?? desk.now);
  const edits = [
    ...(intake.customer ? [] : [made('customer', customer, customerFields(intake, desk))]),
    ...(intake.asset ? [] : [made('asset', asset, assetFields(intake, desk, customer))]),
    ...(books.service_voucher.get(asset) ? [] : [made('service_voucher', asset, voucherFields(desk))]),
    made('service_call', call, { ...callFields(intake, desk), customer, asset, provisional_number: number }),
  ];
  return { call, number, edits, label: { about: call, what: 'call.logged', who: intake.name.trim() } };
}

/** The number that a call has until the server gives the official one: day and the end of its id (F012). */
export function provisionalNumber(call: string, at: number): string {
  const day = plainDate(at).slice(2).replaceAll('/', '');
  return `T${day}-${call.slice(-5).toUpperCase()}`;
}

function made<K extends Kind>(kind: K, id: string, fields: Kinds[K]): Edit {
  const said = Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined);
  return { kind, id, fields: Object.fromEntries(said) } as unknown as Edit;
}

function customerFields(intake: Intake, { unit }: Desk): Kinds['customer'] {
  const phone = intake.phone.trim();
  return {
    unit,
    name: intake.name.trim(),
    ...(isMobile(phone) ? { mobile: phone } : { phone }),
    address: intake.address.trim(),
    district: intake.district.trim(),
    zone: intake.zone,
  };
}

function assetFields(intake: Intake, { unit }: Desk, customer: string): Kinds['asset'] {
  const [product, model_no, serial_no] = [intake.product.trim(), intake.model.trim(), intake.serial.trim()];
  return { unit, customer, product, model_no, serial_no };
}

function voucherFields({ unit, now }: Desk): Kinds['service_voucher'] {
  return { unit, origin: 'at_call', opened_at: now };
}

function callFields(intake: Intake, { user, unit, now }: Desk): Kinds['service_call'] {
  const appointment = instantOf(intake.appointment);
  return {
    unit,
    channel: intake.channel,
    contact_name: intake.name.trim(),
    contact_phone: intake.phone.trim(),
    address: intake.address.trim(),
    district: intake.district.trim(),
    zone: intake.zone,
    ...(intake.zoneReason.trim() && { zone_reason: intake.zoneReason.trim() }),
    symptom: intake.symptom.trim(),
    ...(intake.category && { category: intake.category }),
    ...(intake.category === 'paid' &&
      intake.categoryReason.trim() && { category_reason: intake.categoryReason.trim() }),
    received_at: intake.receivedAt ?? intake.startedAt ?? now,
    ...(intake.receivedAt === null ? {} : { received_reason: intake.receivedReason.trim() }),
    logged_at: now,
    logged_by: user,
    ...(appointment === undefined ? {} : { appointment_at: appointment }),
  };
}
