import { canonicalText } from '../../core/canonical.ts';
import { callFindings, contractFindings, type VisitFacts, visitFindings } from '../../rules/findings.ts';
import type { Doc } from '../../store/index.ts';
import type { Write } from '../../wire/protocol.ts';
import { type CallFinding, type ContractFinding, type Finding, SIGNED_FIELDS } from '../../wire/states.ts';
import { KIND } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { coverOf } from '../books/contracts.ts';
import { type Entry, entryOf } from '../books/entries.ts';
import { askedFields } from './asked.ts';
import { isOpen } from './cases.ts';
import { type Held, isQuarantined } from './held.ts';
import { type Subject, subjectOf } from './subject.ts';

/** One of the values between which a person decides. */
export interface Choice {
  readonly value: unknown;
  /** Everybody who wrote it, newest first; nobody wrote that a deleted document is kept. */
  readonly writes: readonly Write[];
  readonly shown: boolean;
  /** What choosing it does to the customer's signature; undefined where nobody signed this field. */
  readonly signature: 'kept' | 'broken' | undefined;
}

interface Item {
  readonly id: string;
  readonly subject: Subject;
  /** Since when it waits. */
  readonly since: number;
}

/** A field of which two people wrote without knowing of each other. */
export interface RivalsItem extends Item {
  readonly type: 'rivals';
  readonly doc: Doc;
  readonly field: string;
  /** The shown one is the first. */
  readonly choices: readonly Choice[];
  readonly entry: Entry | undefined;
}

/** Facts of a visit entry, a call or a contract that break a rule together. */
export interface FindingItem extends Item {
  readonly type: 'finding';
  readonly finding: AnyFinding;
  readonly doc: Doc<'service_visit' | 'service_call' | 'maintenance_contract'>;
  /** Of a visit. */
  readonly entry: Entry | undefined;
}

export type AnyFinding = Finding | CallFinding | ContractFinding;

/** Something that was written and could not be applied. */
export interface HeldItem extends Item {
  readonly type: 'held';
  readonly held: Held;
}

export type InboxItem = RivalsItem | FindingItem | HeldItem;

/** Everything that waits for a person: rivals, then findings, then what is held; the oldest of each first. */
export function inboxItems(books: Books, held: readonly Held[]): readonly InboxItem[] {
  const listed = held.filter(standsForItsGroup);
  return [rivalsItems(books), findingItems(books), listed.map((each) => heldItem(books, each))].flatMap(oldestFirst);
}

function oldestFirst(items: readonly InboxItem[]): readonly InboxItem[] {
  return items.toSorted((one, other) => one.since - other.since || (one.id < other.id ? -1 : 1));
}

function rivalsItems(books: Books): readonly RivalsItem[] {
  const documents: readonly Doc[] = KIND.flatMap((kind) => books[kind].all as readonly Doc[]);
  return documents.flatMap((doc) => askedFields(doc).map((field) => rivalsItem(books, doc, field)));
}

function rivalsItem(books: Books, doc: Doc, field: string): RivalsItem {
  const entry = doc.kind === 'service_visit' ? entryOf(books, doc as Doc<'service_visit'>) : undefined;
  const writes = doc.rivals[field] ?? [];
  return {
    type: 'rivals',
    id: `${doc.kind}.${doc.id}.${field}`,
    subject: subjectOf(books, doc.kind, doc.id),
    since: Math.max(0, ...writes.map(([, , , , at]) => at)),
    doc,
    field,
    choices: choicesOf(doc, field, writes, entry),
    entry,
  };
}

function choicesOf(doc: Doc, field: string, writes: readonly Write[], entry: Entry | undefined): readonly Choice[] {
  const shown = canonicalText((doc.fields as Readonly<Record<string, unknown>>)[field] ?? null);
  const values = Map.groupBy(writes, ([, value]) => canonicalText(value ?? null));
  if (field === 'deleted') for (const value of ['true', 'false']) if (!values.has(value)) values.set(value, []);
  return Array.from(values, ([text, members]): Choice => {
    const value: unknown = JSON.parse(text);
    const newestFirst = members.toSorted((one, other) => other[4] - one[4]);
    return { value, writes: newestFirst, shown: text === shown, signature: effectOn(entry, field, value) };
  }).sort((one, other) => Number(other.shown) - Number(one.shown) || ageOf(one) - ageOf(other));
}

const ageOf = ({ writes }: Choice) => writes[0]?.[4] ?? 0;

/** What a value would do to the customer's signature on a visit entry. */
export function effectOn(entry: Entry | undefined, field: string, value: unknown): Choice['signature'] {
  const signed: Readonly<Record<string, unknown>> | undefined = entry?.signed?.visit;
  if (!signed || !(SIGNED_FIELDS as readonly string[]).includes(field)) return undefined;
  return canonicalText(signed[field] ?? null) === canonicalText(value ?? null) ? 'kept' : 'broken';
}

/** Rivals of signed fields are asked about one by one already. */
const ASKED_ELSEWHERE: readonly Finding[] = ['changed_unseen'];

function findingItems(books: Books): readonly FindingItem[] {
  return [
    ...books.service_visit.all.flatMap((visit) => {
      const entry = entryOf(books, visit);
      const since = visit.fields.amended_at ?? visit.fields.finished_at ?? visit.fields.arrived_at ?? 0;
      return findingsOf(books, entry).map((finding) => findingItem(books, finding, visit, since, entry));
    }),
    ...books.service_call.all.flatMap((call) => {
      const since = call.fields.logged_at ?? call.fields.received_at ?? 0;
      return findingsOfCall(books, call).map((finding) => findingItem(books, finding, call, since));
    }),
    ...books.maintenance_contract.all.flatMap((contract) =>
      contractFindings(contract.fields).map((finding) => findingItem(books, finding, contract, 0)),
    ),
  ];
}

function findingItem(
  books: Books,
  finding: AnyFinding,
  doc: FindingItem['doc'],
  since: number,
  entry?: Entry,
): FindingItem {
  const subject = subjectOf(books, doc.kind, doc.id);
  return { type: 'finding', id: `${doc.id}.${finding}`, subject, since, finding, doc, entry };
}

/** What is wrong with a call that is open. */
function findingsOfCall(books: Books, call: Doc<'service_call'>): readonly CallFinding[] {
  if (!isOpen(call)) return [];
  const isBooked = books.service_visit.children('call', call).some(({ fields }) => fields.category != null);
  return callFindings({ call: call.fields, cover: coverOf(books, books.asset.get(call.fields.asset)), isBooked });
}

/** What is wrong with one entry, beside what is asked as rivals. */
export function findingsOf(books: Books, { visit, state }: Entry): readonly Finding[] {
  const call = books.service_call.get(visit.fields.call)?.fields ?? {};
  const dispatch = books.dispatch.get(visit.id)?.fields ?? {};
  const cover = coverOf(books, books.asset.get(visit.fields.asset));
  const facts: VisitFacts = { visit: visit.fields, call, dispatch, cover, signature: state };
  return visitFindings(facts).filter((finding) => !ASKED_ELSEWHERE.includes(finding));
}

/** A quarantined group is decided about as one: its first member stands for it, what else is wrong stands by itself. */
function standsForItsGroup(held: Held, _: number, every: readonly Held[]): boolean {
  if (!isQuarantined(held)) return true;
  return !every.some((other) => other.actor === held.actor && other.group === held.group && other.seq < held.seq);
}

function heldItem(books: Books, held: Held): HeldItem {
  const kind = KIND.find((one) => one === held.kind);
  return {
    type: 'held',
    id: `${held.actor}.${held.seq}`,
    subject: subjectOf(books, kind ?? 'unit', held.doc ?? '', held.fields ?? {}),
    since: held.received_at,
    held,
  };
}
