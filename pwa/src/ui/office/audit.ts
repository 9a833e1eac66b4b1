import type { Client } from '../../net/index.ts';
import { readImport, readRepair } from '../../rules/purposes.ts';
import type { AuditEntry, AuditPage } from '../../wire/bodies.ts';
import type { RoleGrant } from '../../wire/kinds.ts';
import { type Deed, KIND, type Kind, type Role } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { told } from '../books/erased.ts';
import type { audit, auditGrants, auditOthers, auditPurposes, deeds } from '../text/audit.ts';
import { because, clauses, items } from '../text/between.ts';
import { dayBegins, instantOf } from '../text/when.ts';
import { momentCell, type Rows } from './list_files.ts';
import { personName, productName } from './names.ts';
import type { Said } from './said.ts';
import { subjectOf } from './subject.ts';

/** What somebody looks for in the log; `''` for everything. */
export interface AuditWish {
  readonly user: string;
  readonly deed: string;
  /** The last day that is wanted, as an input for a date has it. */
  readonly day: string;
}

/** Into the next day, also on a day of 25 hours. */
const DAY_AND_HALF_MS = 129_600_000;

/** Reads a page of the log behind an entry; null: from the newest one on. A page is a hundred entries, or `most`. */
export async function readAudit(
  client: Client,
  wish: AuditWish,
  before: number | null,
  most?: number,
): Promise<AuditPage> {
  const ends = wish.day ? instantOf(`${wish.day}T00:00`) : undefined;
  const query = new URLSearchParams({
    ...(before !== null && { before: String(before) }),
    ...(wish.user && { user: wish.user }),
    ...(wish.deed && { deed: wish.deed }),
    ...(ends !== undefined && { until: String(dayBegins(ends + DAY_AND_HALF_MS)) }),
    ...(most !== undefined && { most: String(most) }),
  });
  return (await client.ask('GET', `/api/audit?${query}`)) as AuditPage;
}

/** As many as the server gives out at once. */
const AT_ONCE = 1000;

/** So many entries go into one file; what is older goes into another one, with an earlier last day. */
export const MOST_IN_FILE = 50_000;

/** Reads everything that is wanted, page by page; `ontold` hears how many entries have come. */
export async function readWholeAudit(
  client: Client,
  wish: AuditWish,
  ontold: (count: number) => void,
): Promise<AuditPage> {
  const whole = { entries: [] as AuditEntry[], broken: [] as number[], more: true };
  let before: number | null = null;
  while (whole.more && whole.entries.length < MOST_IN_FILE) {
    const page: AuditPage = await readAudit(client, wish, before, AT_ONCE);
    whole.entries.push(...page.entries);
    whole.broken.push(...page.broken);
    const seqs = [...page.entries.map(({ seq }) => seq), ...page.broken];
    before = Math.min(...seqs);
    whole.more = page.more && seqs.length > 0;
    ontold(whole.entries.length);
  }
  return whole;
}

/** Deeds of somebody who had no session. */
const NOBODYS: readonly Deed[] = ['session.refused', 'account.reset_refused'];

/** Who did it, in words, and in whose place: nobody who was signed in, or the system itself. */
export function doerWords(books: Books, entry: AuditEntry, text: ReturnType<typeof audit.get>): string {
  const { user, deed, acting_for: other } = entry;
  if (user === null) return NOBODYS.includes(deed) ? text.nobody : text.system;
  const name = personName(books, user) || user;
  return other ? text.actingFor({ name, other: personName(books, other) || other }) : name;
}

/** What an entry is about: `service_call:…` as 叫修 BAN-2026-004107 陳美惠; what this page does not see by its id. */
export function objectWords(object: string, { at }: Pick<AuditEntry, 'at'>, words: Words): string {
  const { books, said, others } = words;
  const [kind = '', id = ''] = object.split(/:(.*)/);
  const known = KIND.find((one) => one === kind);
  const grant = known === 'role_grant' ? books.role_grant.get(id)?.fields : undefined;
  if (grant?.role) return grantWords({ ...grant, role: grant.role }, at, words);
  if (known) return [said.kind[known], nameOf(books, known, id)].filter(Boolean).join(' ');
  return [isOther(kind, others) ? others[kind] : kind, id].join(' ');
}

/** Which role was given to whom, or was taken from him: it had ended when the entry was written. */
function grantWords(grant: RoleGrant & { readonly role: Role }, at: number, { books, said, grants }: Words): string {
  const { user, unit, role, ended_at } = grant;
  const units = new Set(books.role_grant.where('user', user ?? null).map(({ fields }) => fields.unit));
  const place = units.size > 1 ? books.unit.get(unit)?.fields.name : undefined;
  const told = { name: personName(books, user) || String(user), role: said.role[role] };
  const isOver = ended_at != null && ended_at <= at;
  if (place) return grants[isOver ? 'endedAt' : 'givenAt']({ ...told, unit: place });
  return grants[isOver ? 'ended' : 'given'](told);
}

const isOther = (kind: string, others: Words['others']): kind is keyof Words['others'] => kind in others;

/** Why: a person's own words as they stand, and what the system notes in those of the page. */
export function purposeWords({ deed, purpose }: AuditEntry, words: Pick<Words, 'said' | 'purposes'>): string {
  return SYSTEM_S[deed]?.(purpose ?? '', words) ?? purpose ?? '';
}

const SYSTEM_S: Partial<
  Readonly<Record<Deed, (purpose: string, words: Pick<Words, 'said' | 'purposes'>) => string | undefined>>
> = {
  'sync.epoch_begun': (cause, { purposes }) => (cause === 'restore' || cause === 'hello' ? purposes[cause] : undefined),
  'sync.rows_repaired': (noted, { purposes }) => {
    const counts = readRepair(noted);
    return counts && purposes.repaired({ ...counts });
  },
  'list.imported': (noted, { said, purposes }) => {
    const told = readImport(noted);
    const counts = clauses(
      told?.counts.map(({ kind, ...each }) => purposes.imported({ kind: said.kind[kind], ...each })) ?? [],
    );
    return told && (told.file ? `${told.file}${because(counts)}` : counts);
  },
};

const NAMED: Partial<Readonly<Record<Kind, (books: Books, id: string) => string>>> = {
  user: personName,
  // Of two that were merged each is called by its own name.
  customer: (books, id) => told(books.customer.exactly(id), 'name'),
  asset: (books, id) => {
    const { customer, ...product } = books.asset.exactly(id)?.fields ?? {};
    return [told(books.customer.get(customer), 'name'), productName(product)].filter(Boolean).join(' ');
  },
  absence: (books, id) => personName(books, books.absence.get(id)?.fields.user),
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
  readonly others: ReturnType<typeof auditOthers.get>;
  readonly grants: ReturnType<typeof auditGrants.get>;
  readonly purposes: ReturnType<typeof auditPurposes.get>;
  readonly text: ReturnType<typeof audit.get>;
  readonly deeds: ReturnType<typeof deeds.get>;
}

/** The entries with their headings, as they go into a file; of what is not as it was written it says that. */
export function auditList({ entries, broken }: Pick<AuditPage, 'entries' | 'broken'>, words: Words): Rows {
  const { text } = words;
  const told = entries.map((entry) => [entry.seq, entryCells(entry, words)] as const);
  const untold = broken.map((seq) => [seq, ['', '', '', '', '', text.brokenEntry]] as const);
  return [
    [text.seq, text.time, text.who, text.device, text.what, text.about, text.purpose],
    ...[...told, ...untold].toSorted(([one], [other]) => other - one).map(([seq, cells]) => [seq, ...cells]),
  ];
}

function entryCells(entry: AuditEntry, words: Words): readonly string[] {
  const { books, text, deeds } = words;
  return [
    momentCell(entry.at),
    doerWords(books, entry, text),
    books.device.get(entry.device)?.fields.name ?? '',
    deeds[entry.deed],
    items(entry.objects.map((object) => objectWords(object, entry, words))),
    purposeWords(entry, words),
  ];
}
