import type { Doc } from '../../store/index.ts';
import { TEMPLATE_HEADINGS } from '../../wire/limits.ts';
import type { Role } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { productsOf } from '../books/contracts.ts';
import { isErased } from '../books/erased.ts';
import { items } from '../text/between.ts';
import type { listHeads } from '../text/import.ts';
import type { parts } from '../text/parts.ts';
import type { people as peopleTexts } from '../text/people.ts';
import type { call as callTexts, register as registerTexts } from '../text/register.ts';
import type { callStates, voucherStates } from '../text/vocabulary.ts';
import type { vouchers as voucherTexts } from '../text/voucher.ts';
import { inputMoment } from '../text/when.ts';
import type { DeviceRow } from './devices.ts';
import type { InboxItem } from './inbox.ts';
import { detailOf, type inboxSaid, titleOf } from './inbox_words.ts';
import { personName } from './names.ts';
import type { Account } from './people.ts';
import type { RegisterRow } from './register.ts';
import type { Writer } from './values.ts';
import type { VoucherRow } from './vouchers.ts';

/** A list with its headings, as it goes into a file. */
export type Rows = ReadonlyArray<ReadonlyArray<string | number>>;

type Words<Texts extends { get: () => unknown }> = ReturnType<Texts['get']>;

/** `2026-11-23 15:00`, which a spreadsheet reads as a time; the empty text for none. */
export function momentCell(at: number | null | undefined): string {
  return at == null ? '' : inputMoment(at).replace('T', ' ');
}

interface RegisterWords {
  readonly heads: Words<typeof listHeads>;
  readonly text: Words<typeof registerTexts>;
  readonly call: Words<typeof callTexts>;
  readonly states: Words<typeof callStates>;
  readonly categories: Words<typeof parts>;
}

/** The register as its filter shows it. */
export function registerList(rows: readonly RegisterRow[], words: RegisterWords): Rows {
  const { heads, text, call, states, categories } = words;
  const { received, customer, district, product, technician, limit, billing } = text;
  return [
    [
      heads.number,
      heads.state,
      received,
      customer,
      call.phone,
      call.address,
      district,
      product,
      heads.category,
      call.symptom,
      technician,
      limit,
      heads.billing,
    ],
    ...rows.map((row) => [
      row.number,
      states[row.state],
      momentCell(row.receivedAt),
      row.customer,
      row.phone,
      row.address,
      row.district,
      row.product,
      row.category ? categories[row.category] : '',
      row.symptom,
      row.technician,
      momentCell(row.arrival?.dueAt),
      row.billingOpen ? billing : '',
    ]),
  ];
}

interface VoucherWords {
  readonly heads: Words<typeof listHeads>;
  readonly text: Words<typeof voucherTexts>;
  readonly states: Words<typeof voucherStates>;
}

/** The vouchers as filter and search let them through: all of them, also those that the page has no room for. */
export function voucherList(rows: readonly VoucherRow[], { heads, text, states }: VoucherWords): Rows {
  return [
    [text.number, text.customer, text.product, text.serial, text.state, heads.holder, text.visits, text.last],
    ...rows.map((row) => [
      row.number,
      row.customer,
      row.product,
      row.serial,
      states[row.state],
      row.holder,
      row.visits,
      momentCell(row.lastVisitAt),
    ]),
  ];
}

interface PeopleWords {
  readonly text: Words<typeof peopleTexts>;
  readonly roles: Readonly<Record<Role, string>>;
}

/** The accounts, in the order of the list. */
export function accountList(accounts: readonly Account[], books: Books, { text, roles }: PeopleWords): Rows {
  return [
    [text.name, text.login, text.unit, text.roles, text.state],
    ...accounts.map((each) => [
      each.name,
      each.login,
      books.unit.get(each.unit)?.fields.name ?? '',
      items(each.roles.map((role) => roles[role])),
      standingOf(each, text),
    ]),
  ];
}

function standingOf({ deactivated, login }: Account, text: PeopleWords['text']): string {
  if (deactivated) return text.deactivated;
  return login === '' ? text.noLogin : text.active;
}

interface DeviceWords {
  readonly heads: Words<typeof listHeads>;
  readonly text: Words<typeof peopleTexts>;
}

/** The devices, in the order of the list. */
export function deviceList(rows: readonly DeviceRow[], books: Books, { heads, text }: DeviceWords): Rows {
  const stopped = { device: text.revoked, account: text.accountStopped };
  return [
    [text.device, text.owner, text.unit, text.app, text.contact, heads.pending, text.state],
    ...rows.map(({ fields, contact, stop }) => [
      fields.name ?? '',
      personName(books, fields.user),
      books.unit.get(fields.unit)?.fields.name ?? '',
      contact?.app ?? '',
      momentCell(contact?.at),
      contact?.pending ?? '',
      stop ? stopped[stop.cause]({ time: momentCell(stop.since) }) : text.active,
    ]),
  ];
}

interface InboxWords {
  readonly heads: Words<typeof listHeads>;
  readonly inbox: Words<typeof inboxSaid>;
  readonly writer: Writer;
}

/** What waits for a decision, as the filter shows it. */
export function inboxList(items: readonly InboxItem[], { heads, inbox, writer }: InboxWords): Rows {
  return [
    [heads.category, heads.matter, heads.detail, heads.customer, heads.product, heads.number, heads.since],
    ...items.map((item) => [
      inbox.text[item.type],
      titleOf(item, inbox, writer),
      detailOf(item, inbox, writer),
      item.subject.customer,
      item.subject.product,
      item.subject.number,
      momentCell(item.since),
    ]),
  ];
}

/** A unit's customers, a row for each of their products, in the columns in which lists are taken in. */
export function customerList(books: Books, unit: string): Rows {
  const customers = books.customer
    .where('unit', unit)
    .filter((customer) => !isErased(customer))
    .toSorted(byName);
  return [TEMPLATE_HEADINGS.customers, ...customers.flatMap((customer) => rowsOf(books, customer))];
}

const byName = ({ fields: one }: Doc<'customer'>, { fields: other }: Doc<'customer'>) =>
  (one.name ?? '').localeCompare(other.name ?? '', 'zh-Hant');

function rowsOf(books: Books, customer: Doc<'customer'>): Rows {
  const { name, phone, mobile, address, district, tax_id, note } = customer.fields;
  const own = [name, phone, mobile, address, district, tax_id, note].map((cell) => cell ?? '');
  const products = books.asset.children('customer', customer);
  if (products.length === 0) return [[...own, '', '', '', '', '', '']];
  return products.map(({ fields }) => [
    ...own,
    fields.product ?? '',
    fields.model_no ?? '',
    fields.serial_no ?? '',
    dayCell(fields.sold_at),
    dayCell(fields.warranty_until),
    fields.note ?? '',
  ]);
}

/** A unit's contracts, a row for each product that one covers, in the columns in which lists are taken in. */
export function contractList(books: Books, unit: string): Rows {
  const contracts = books.maintenance_contract.where('unit', unit).toSorted(byNumber);
  return [TEMPLATE_HEADINGS.contracts, ...contracts.flatMap((contract) => contractRowsOf(books, contract))];
}

const byNumber = ({ fields: one }: Doc<'maintenance_contract'>, { fields: other }: Doc<'maintenance_contract'>) =>
  (one.number ?? '').localeCompare(other.number ?? '', 'zh-Hant') || (one.valid_from ?? 0) - (other.valid_from ?? 0);

function contractRowsOf(books: Books, contract: Doc<'maintenance_contract'>): Rows {
  const { number, customer, valid_from, valid_until, visits_included, extra_fee, note } = contract.fields;
  const { name, phone, mobile, tax_id } = books.customer.get(customer)?.fields ?? {};
  const own = [number, name, phone, mobile, tax_id].map((cell) => cell ?? '');
  const fee = extra_fee == null ? '' : extra_fee / 100;
  const agreed = [dayCell(valid_from), dayCell(valid_until), visits_included ?? '', fee];
  const products = productsOf(books, contract).map(({ fields }) => fields);
  return (products.length > 0 ? products : [{}]).map(({ product, model_no, serial_no }) => [
    ...own,
    ...agreed,
    product ?? '',
    model_no ?? '',
    serial_no ?? '',
    note ?? '',
  ]);
}

/** `2026-11-23`; the empty text for none. */
const dayCell = (at: number | null | undefined) => momentCell(at).slice(0, 10);
