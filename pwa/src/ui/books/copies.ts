import { idAbout } from '../../core/fixed_ids.ts';
import { toBase64Url } from '../../platform/base64url.ts';
import type { Doc, Edit } from '../../store/index.ts';
import type { Books } from './books.ts';
import { unitLimits } from './unit_limits.ts';

const DAY_MS = 86_400_000;

/** Bytes of a link's secret (RFC 4086 asks for 128 bits where guesses can be made at leisure). */
export const SECRET_BYTES = 16;

/** The link that a signature has; undefined where it has none, or it is over. */
export function copyOf(books: Books, signature: string, now: number): Doc<'signature_copy'> | undefined {
  const copy = givenCopy(books, signature);
  return copy && (copy.fields.expires_at ?? 0) > now ? copy : undefined;
}

/** Whether what a customer signed can be opened by its link: not yet, not any more, or none was given or all taken back. */
export function copyStateOf(
  books: Books,
  signature: Doc<'signature'>,
  now: number,
): { readonly state: 'stands' | 'unsent' | 'over' | 'none'; readonly copy: Doc<'signature_copy'> | undefined } {
  const copy = givenCopy(books, signature.id);
  if (!copy) return { state: 'none', copy };
  if (copyOf(books, signature.id, now) === undefined) return { state: 'over', copy };
  return { state: signature.unsent > 0 || copy.unsent > 0 ? 'unsent' : 'stands', copy };
}

function givenCopy(books: Books, signature: string): Doc<'signature_copy'> | undefined {
  const copy = books.signature_copy.get(idAbout('signature-copy', signature));
  return copy?.fields.secret ? copy : undefined;
}

/** Makes the link of a signature, a new one where it had one before: the former is over. */
export function makeCopy(books: Books, { id, fields }: Doc<'signature'>, secret: Uint8Array, now: number): Edit {
  const copy = idAbout('signature-copy', id);
  const made = {
    unit: fields.unit ?? null,
    signature: id,
    secret: toBase64Url(secret),
    expires_at: now + unitLimits(books, fields.unit).copy_days * DAY_MS,
  };
  const known = books.signature_copy.get(copy);
  return { kind: 'signature_copy', id: copy, fields: { ...made, deleted: false }, ...(known && { seen: known.seen }) };
}

/** Takes a link back at once. */
export function takeBackCopy({ id, seen }: Doc<'signature_copy'>): Edit {
  return { kind: 'signature_copy', id, seen, fields: { secret: null, deleted: true } };
}

/** The address that the customer opens; what stands behind `#` never reaches a server's log. */
export function linkOf(origin: string, company: string, { id, fields }: Doc<'signature_copy'>): string {
  return `${origin}/copy.html#${company}.${id}.${fields.secret ?? ''}`;
}

/** What a link names; undefined for one that was cut off or mistyped. */
export function linkParts(hash: string): { company: string; copy: string; secret: string } | undefined {
  const [company = '', copy = '', secret = ''] = hash.replace(/^#/, '').split('.');
  return company && copy && secret ? { company, copy, secret } : undefined;
}
