import type { Client } from '../../net/index.ts';
import type { AuditEntry, AuditPage } from '../../wire/bodies.ts';
import { type Deed, KIND, type Kind } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import type { audit, deeds } from '../text/audit.ts';
import { items } from '../text/between.ts';
import { inputMoment, instantOf } from '../text/when.ts';
import { csv } from './csv.ts';
import { personName } from './names.ts';
import type { Said } from './said.ts';
import { subjectOf } from './subject.ts';

/** What somebody looks for in the log; `''` for everything. */
export interface AuditWish {
  readonly user: string;
  readonly deed: string;
  /** The last day that is wanted, as an input for a date has it. */
  readonly day: string;
}

const DAY_MS = 86_400_000;

/** Reads a page of the log behind an entry; null: from the newest one on. */
export async function readAudit(client: Client, wish: AuditWish, before: number | null): Promise<AuditPage> {
  const ends = wish.day ? instantOf(`${wish.day}T00:00`) : undefined;
  const query = new URLSearchParams({
    ...(before !== null && { before: String(before) }),
    ...(wish.user && { user: wish.user }),
    ...(wish.deed && { deed: wish.deed }),
    ...(ends !== undefined && { until: String(ends + DAY_MS) }),
  });
  return (await client.ask('GET', `/api/audit?${query}`)) as AuditPage;
}

/** Deeds of somebody who had no session. */
const NOBODYS: readonly Deed[] = ['session.refused', 'account.reset_refused'];

/** Who did it, in words: nobody who was signed in, or the system itself. */
export function doerWords(books: Books, { user, deed }: AuditEntry, text: ReturnType<typeof audit.get>): string {
  if (user === null) return NOBODYS.includes(deed) ? text.nobody : text.system;
  return personName(books, user) || user;
}

/** What an entry is about: `service_call:…` as 叫修 BAN-2026-004107 陳美惠; what this page does not see by its id. */
export function objectWords(books: Books, object: string, said: Said): string {
  const [kind = '', id = ''] = object.split(/:(.*)/);
  const known = KIND.find((one) => one === kind);
  if (!known) return object;
  return [said.kind[known], nameOf(books, known, id)].filter(Boolean).join(' ');
}

const NAMED: Partial<Readonly<Record<Kind, (books: Books, id: string) => string>>> = {
  user: personName,
  device: (books, id) => books.device.get(id)?.fields.name ?? '',
  unit: (books, id) => books.unit.get(id)?.fields.name ?? '',
  unit_settings: (books, id) => books.unit.get(id)?.fields.name ?? '',
  preset: (books, id) => books.preset.get(id)?.fields.text ?? '',
  fee_item: (books, id) => books.fee_item.get(id)?.fields.name ?? '',
  district: (books, id) => books.district.get(id)?.fields.name ?? '',
  calendar_day: (books, id) => books.calendar_day.get(id)?.fields.date ?? '',
  reconciliation: (books, id) => books.reconciliation.get(id)?.fields.date ?? '',
};

function nameOf(books: Books, kind: Kind, id: string): string {
  const named = NAMED[kind];
  if (named) return named(books, id) || id;
  const { number, customer, product } = subjectOf(books, kind, id);
  return [number, customer, number ? '' : product].filter(Boolean).join(' ') || id;
}

interface Words {
  readonly books: Books;
  readonly said: Said;
  readonly text: ReturnType<typeof audit.get>;
  readonly deeds: ReturnType<typeof deeds.get>;
}

/** The entries as a spreadsheet opens them. */
export function auditCsv(entries: readonly AuditEntry[], { books, said, text, deeds: words }: Words): string {
  const head = [text.seq, text.time, text.who, text.device, text.what, text.about, text.purpose];
  return csv([
    head,
    ...entries.map((entry) => [
      entry.seq,
      inputMoment(entry.at).replace('T', ' '),
      doerWords(books, entry, text),
      books.device.get(entry.device)?.fields.name ?? '',
      words[entry.deed],
      items(entry.objects.map((object) => objectWords(books, object, said))),
      entry.purpose ?? '',
    ]),
  ]);
}
