import type { Doc } from '../../src/store/index.ts';
import { type Books, booksOf } from '../../src/ui/books/books.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import type { Write } from '../../src/wire/protocol.ts';
import type { Kind, Place } from '../../src/wire/vocabulary.ts';

/** An instant of Monday, 23 November 2026 in Taipei. */
export const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 23, hour - 8, minute);
export const DAY_MS = 86_400_000;

/** A confirmed document with nothing pending on it. */
export function doc<K extends Kind>(
  kind: K,
  id: string,
  fields: Kinds[K],
  over: Partial<Omit<Doc<K>, 'kind' | 'id' | 'fields'>> = {},
): Doc<K> {
  const seen = { base: [1, 'epoch'], over: {} } as const;
  return { kind, id, fields, seen, rivals: {}, position: 1, unsent: 0, held: 0, ...over };
}

/** What a call has that lacks nothing (F001, F010). */
export const WHOLE = {
  contact_name: '王素卿',
  contact_phone: '02-2621-5588',
  address: '淡水區中山路 1 號',
  asset: 'a',
  category: 'paid',
} as const satisfies Kinds['service_call'];

/** Books over documents of any kinds. */
export function books(...documents: Doc[]): Books {
  return booksOf(Object.fromEntries(Map.groupBy(documents, ({ kind }) => kind)));
}

/** One write of a register as the pull shows it. */
export function write(value: unknown, author: string, place: Place, effectiveAt: number): Write {
  return [[`${author}-actor`, effectiveAt], value, author, place, effectiveAt, 1];
}

/** A customer's signature over a visit as it stands, but for what was signed otherwise. */
export function signature(
  { id, fields }: Doc<'service_visit'>,
  otherwise: Kinds['service_visit'] = {},
  position = 2,
): Doc<'signature'> {
  const content = JSON.stringify({ template: 'visit-1', visit: { ...fields, ...otherwise } });
  const signed = { unit: fields.unit ?? null, visit: id, content, signed_at: at(12) };
  return doc('signature', `${id}-signature-${position}`, signed, { position });
}
