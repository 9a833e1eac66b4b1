import { isContractedInVain, isFreeInVain, isPaidUnexplained, proposedCategory } from '../../rules/category.ts';
import { maySame, placeNamed, placeOf } from '../../rules/places.ts';
import { isSensibleReceipt } from '../../rules/receipt.ts';
import type { Doc } from '../../store/index.ts';
import type { Category, Channel, Zone } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { isBygone } from '../books/bygone.ts';
import { coverOf } from '../books/contracts.ts';
import { digitsOf, isNumber, isWhole } from '../books/telephone.ts';
import { instantOf } from '../text/when.ts';
import { isOpen } from './cases.ts';
import { districtAt } from './districts.ts';

/** A call as the clerk writes it down while the customer is talking; every text as it was typed. */
export interface Intake {
  readonly phone: string;
  /** Id of the customer that was found; `''` for one who is new. */
  readonly customer: string;
  /** Whether somebody chose the customer, where his number had not told him: another number chooses nobody else. */
  readonly chosen: boolean;
  readonly name: string;
  readonly address: string;
  readonly district: string;
  readonly zone: Zone;
  /** Why it is another one than the unit's table says. */
  readonly zoneReason: string;
  /** Id of the product; `''`: not chosen yet, null: another one, which is typed. */
  readonly asset: string | null;
  readonly product: string;
  readonly model: string;
  readonly serial: string;
  readonly category: Category | '';
  /** Why somebody is to pay for a product under warranty (F004). */
  readonly categoryReason: string;
  readonly symptom: string;
  readonly channel: Channel;
  /** `2026-11-23T15:00` by the clock of the unit, or `''`. */
  readonly appointment: string;
  /** When the call came in: the first key that was pressed, null before it. */
  readonly startedAt: number | null;
  /** The same by hand, in epoch milliseconds; null as long as nobody changed it. */
  readonly receivedAt: number | null;
  readonly receivedReason: string;
}

export const BLANK: Intake = {
  phone: '',
  customer: '',
  chosen: false,
  name: '',
  address: '',
  district: '',
  zone: 'urban',
  zoneReason: '',
  asset: null,
  product: '',
  model: '',
  serial: '',
  category: '',
  categoryReason: '',
  symptom: '',
  channel: 'phone',
  appointment: '',
  startedAt: null,
  receivedAt: null,
  receivedReason: '',
};

/** The draft; one in which nothing is left of what was typed is blank, and its call has not come in (F010). */
export function blankIfEmpty(intake: Intake): Intake {
  const fields = Object.keys(BLANK) as (keyof Intake)[];
  return fields.every((field) => NO_WORDS.has(field) || intake[field] === BLANK[field]) ? BLANK : intake;
}

/** What nobody types: when the first key was pressed, and the district that an address had. */
const NO_WORDS: ReadonlySet<keyof Intake> = new Set(['startedAt', 'district']);

/** The categories of a call; general work has no customer (F006). */
export const CALL_CATEGORIES = ['paid', 'contract', 'warranty'] as const satisfies readonly Category[];

/** The customers whose number it is, or who called from it before; none while it is still being typed. */
export function customersByPhone(books: Books, typed: string): readonly Doc<'customer'>[] {
  if (!isWhole(typed)) return [];
  const digits = digitsOf(typed);
  const same = (phone: string | null | undefined) => digitsOf(phone ?? '') === digits;
  const callers = books.service_call.all.filter(({ fields }) => same(fields.contact_phone));
  const ids = new Set(callers.map(({ fields }) => books.customer.get(fields.customer)?.id));
  const isReached = ({ fields }: Doc<'customer'>) => same(fields.phone) || same(fields.mobile);
  return books.customer.all.filter(
    (customer) => ids.has(customer.id) || isReached(customer) || books.customer.mergedInto(customer.id).some(isReached),
  );
}

/** The customers of exactly that name, for a caller whose number nobody knows. */
export function customersByName(books: Books, typed: string): readonly Doc<'customer'>[] {
  const name = typed.trim();
  if (name === '') return [];
  const isCalledSo = ({ fields }: Doc<'customer'>) => fields.name === name;
  const merged = books.customer.merged.filter(isCalledSo).map(({ id }) => books.customer.get(id));
  return [...new Set([...books.customer.where('name', name), ...merged])].filter((one) => one !== undefined);
}

/** The draft with another number: its only owner fills it, and what the number before had filled is taken out again. */
export function withPhone(books: Books, intake: Intake, phone: string, now: number): Intake {
  const typed = { ...intake, phone };
  if (intake.chosen) return typed;
  const [owner, ...others] = customersByPhone(books, phone);
  if (owner && others.length === 0)
    return owner.id === intake.customer ? typed : withCustomer(books, typed, owner, now);
  return intake.customer === '' ? typed : { ...withoutCustomer(typed), phone };
}

/** The draft for somebody who is no customer yet: what the customer had filled is taken out. */
export function withoutCustomer(intake: Intake): Intake {
  const { symptom, channel, appointment, startedAt, receivedAt, receivedReason, phone } = intake;
  return { ...BLANK, phone, symptom, channel, appointment, startedAt, receivedAt, receivedReason };
}

/** The draft with everything filled in that is known of a customer; his only product is taken at once. */
export function withCustomer(books: Books, intake: Intake, customer: Doc<'customer'>, now: number): Intake {
  const { name, address } = customer.fields;
  const filled: Intake = {
    ...intake,
    customer: customer.id,
    chosen: false,
    name: name ?? '',
    address: address ?? '',
    ...whereIs(books, customer),
  };
  const [first, ...others] = books.asset.where('customer', customer.id);
  if (!first) return withOtherProduct(filled);
  return others.length === 0 ? withAsset(books, filled, first, now) : { ...withOtherProduct(filled), asset: '' };
}

/** The draft for a customer whom somebody chose; his number is taken where none was typed, and his only product. */
export function withChosen(books: Books, intake: Intake, customer: Doc<'customer'>, now: number): Intake {
  const { mobile, phone } = customer.fields;
  const reached = intake.phone.trim() === '' ? (mobile ?? phone ?? '') : intake.phone;
  return { ...withCustomer(books, intake, customer, now), phone: reached, chosen: true };
}

/** The draft once the customer whom somebody chose is not he: the number that was his is taken out too. */
export function withoutChosen(books: Books, intake: Intake): Intake {
  const { mobile, phone } = books.customer.get(intake.customer)?.fields ?? {};
  const isHis = [mobile, phone].includes(intake.phone);
  return { ...withoutCustomer(intake), phone: isHis ? '' : intake.phone };
}

/** District and zone of a customer: his own, else what his address and his unit's table say. */
function whereIs(books: Books, { fields }: Doc<'customer'>): Pick<Intake, 'district' | 'zone' | 'zoneReason'> {
  const address = fields.address ?? '';
  const district = fields.district ?? placeOf(address).district;
  const told = tableZone(books, { district, address }, fields.unit ?? '');
  return { district, zone: fields.zone ?? told?.zone ?? 'urban', zoneReason: '' };
}

/** The draft for a product of the customer, with the category that its warranty or contract proposes (F002, F003). */
export function withAsset(books: Books, intake: Intake, asset: Doc<'asset'>, now: number): Intake {
  const { product, model_no, serial_no } = asset.fields;
  const kept = asset.id === intake.asset ? intake.category : ownCategory(intake);
  const category = proposedCategory(coverOf(books, asset), intake.receivedAt ?? now) ?? kept;
  return {
    ...intake,
    asset: asset.id,
    product: product ?? '',
    model: model_no ?? '',
    serial: serial_no ?? '',
    category,
    categoryReason: '',
  };
}

/** The draft of a call that came in at another time: what was proposed is what would have been then (F002, F003). */
export function withReceipt(books: Books, intake: Intake, receivedAt: number | null, now: number): Intake {
  const asset = books.asset.get(intake.asset);
  const told = { ...intake, receivedAt };
  const wasProposed = intake.category === proposedCategory(coverOf(books, asset), intake.receivedAt ?? now);
  return asset && wasProposed ? withAsset(books, told, asset, now) : told;
}

/** The draft for a product that is to be typed. */
export function withOtherProduct(intake: Intake): Intake {
  return {
    ...intake,
    asset: null,
    product: '',
    model: '',
    serial: '',
    category: ownCategory(intake),
    categoryReason: '',
  };
}

/** What somebody chose himself; what another product proposed is that one's. */
function ownCategory({ asset, category }: Intake): Intake['category'] {
  return asset ? '' : category;
}

/** The draft with a new address: its district, and how far that is by the unit's table, else by who lives there (F020). */
export function withAddress(books: Books, intake: Intake, address: string, unit: string): Intake {
  const district = placeOf(address).district || intake.district;
  const there = { district, address };
  const zone = tableZone(books, there, unit)?.zone ?? zoneOf(books, there) ?? intake.zone;
  return { ...intake, address, district, zone, zoneReason: '' };
}

/** Where something is, as a call or a customer says it. */
type There = Pick<Intake, 'district' | 'address'>;

/** What the unit's table says of a district, and how it calls it; undefined for one that does not stand in it. */
export function tableZone(
  books: Books,
  { district, address }: There,
  unit: string,
): { readonly name: string; readonly zone: Zone } | undefined {
  const row = districtAt(books, unit, placeNamed(district, address));
  const { name, zone } = row?.fields ?? {};
  return name && zone ? { name, zone } : undefined;
}

/** Whether somebody chose another zone than the table's: that needs a reason (F020). */
function isOtherZone(books: Books, intake: Intake, unit: string): boolean {
  const told = tableZone(books, intake, unit);
  return told !== undefined && told.zone !== intake.zone;
}

/** How far most customers of a district live, without those of another county's district of that name. */
function zoneOf(books: Books, { district, address }: There): Zone | undefined {
  const place = placeNamed(district, address);
  const zones = books.customer
    .where('district', district)
    .filter(({ fields }) => maySame(place, placeNamed(district, fields.address ?? '')))
    .map(({ fields }) => fields.zone);
  const urban = zones.filter((zone) => zone === 'urban').length;
  const suburban = zones.filter((zone) => zone === 'suburban').length;
  return urban + suburban === 0 ? undefined : urban >= suburban ? 'urban' : 'suburban';
}

/** The calls of a product that are still open: probably the same one again. */
export function openCallsOf(books: Books, asset: string | null): readonly Doc<'service_call'>[] {
  const product = books.asset.get(asset);
  return product ? books.service_call.children('asset', product).filter(isOpen) : [];
}

/** The other open calls of whoever calls, him that was chosen or everybody with his number: perhaps the same matter. */
export function otherOpenCalls(books: Books, { customer, phone, asset }: Intake): readonly Doc<'service_call'>[] {
  const digits = isWhole(phone) ? digitsOf(phone) : '';
  const callers = new Set(customersByPhone(books, phone).map(({ id }) => id));
  if (customer) callers.add(customer);
  const isHis = ({ fields }: Doc<'service_call'>) =>
    callers.has(books.customer.get(fields.customer)?.id ?? '') ||
    (digits !== '' && digitsOf(fields.contact_phone ?? '') === digits);
  const told = new Set(openCallsOf(books, asset));
  return books.service_call.all.filter((call) => isOpen(call) && !told.has(call) && isHis(call));
}

/** Why the category is refused: the product's warranty is over (F003), or no contract covers it (F002). */
export function refusedCategory(
  books: Books,
  { asset, category, receivedAt, startedAt }: Intake,
  now: number,
): 'notFree' | 'notContracted' | undefined {
  const [cover, at] = [coverOf(books, books.asset.get(asset)), receivedAt ?? startedAt ?? now];
  if (isFreeInVain(category || null, cover, at)) return 'notFree';
  return isContractedInVain(category || null, cover, at) ? 'notContracted' : undefined;
}

/** Whether somebody is to pay although the product's warranty covers it: that needs a reason (F004). */
export function isPaidUnderWarranty(books: Books, intake: Intake, now: number): boolean {
  const [cover, at] = [coverOf(books, books.asset.get(intake.asset)), intake.receivedAt ?? intake.startedAt ?? now];
  return isPaidUnexplained({ category: intake.category || null }, cover, at);
}

/** What still has to be filled in, or cannot be (F001, F010), in the order of the form. */
export type Missing =
  | 'phone'
  | 'name'
  | 'address'
  | 'zoneReason'
  | 'product'
  | 'category'
  | 'categoryReason'
  | 'symptom'
  | 'receivedAt'
  | 'receivedReason'
  | 'appointment';

export function missingIn(books: Books, intake: Intake, unit: string, now: number): readonly Missing[] {
  const empty = (text: string) => text.trim() === '';
  const checks: Readonly<Record<Missing, boolean>> = {
    phone: !isNumber(intake.phone),
    name: empty(intake.name),
    address: empty(intake.address),
    zoneReason: isOtherZone(books, intake, unit) && empty(intake.zoneReason),
    product: empty(intake.product) && empty(intake.model),
    category: intake.category === '',
    categoryReason: isPaidUnderWarranty(books, intake, now) && empty(intake.categoryReason),
    symptom: empty(intake.symptom),
    receivedAt: intake.receivedAt !== null && !isSensibleReceipt(intake.receivedAt, null, [], now),
    receivedReason: intake.receivedAt !== null && empty(intake.receivedReason),
    appointment: isBygone(instantOf(intake.appointment), now),
  };
  return (Object.keys(checks) as Missing[]).filter((field) => checks[field]);
}
