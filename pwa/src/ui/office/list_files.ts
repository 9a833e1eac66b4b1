import type { Role } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { items } from '../text/between.ts';
import type { listHeads } from '../text/import.ts';
import type { parts } from '../text/parts.ts';
import type { people as peopleTexts } from '../text/people.ts';
import type { register as registerTexts } from '../text/register.ts';
import type { callStates, voucherStates } from '../text/vocabulary.ts';
import type { vouchers as voucherTexts } from '../text/voucher.ts';
import { inputMoment } from '../text/when.ts';
import type { DeviceRow } from './devices.ts';
import { personName } from './names.ts';
import type { Account } from './people.ts';
import type { RegisterRow } from './register.ts';
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
  readonly states: Words<typeof callStates>;
  readonly categories: Words<typeof parts>;
}

/** The register as its filter shows it. */
export function registerList(rows: readonly RegisterRow[], { heads, text, states, categories }: RegisterWords): Rows {
  const { received, customer, district, product, technician, limit } = text;
  return [
    [heads.number, heads.state, received, customer, district, product, heads.category, technician, limit],
    ...rows.map((row) => [
      row.number,
      states[row.state],
      momentCell(row.receivedAt),
      row.customer,
      row.district,
      row.product,
      row.category ? categories[row.category] : '',
      row.technician,
      momentCell(row.arrival?.dueAt),
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
