import { type SignedContent, signatureState } from '../../rules/signed_content.ts';
import type { Doc } from '../../store/index.ts';
import type { SignatureState } from '../../wire/states.ts';
import type { Books } from './books.ts';

/** What was signed, as far as it can be read. */
export type Signed = Partial<SignedContent> & Pick<SignedContent, 'visit'>;

/** One visit entry with its signature, and how the two stand to each other. */
export interface Entry {
  readonly id: string;
  readonly visit: Doc<'service_visit'>;
  readonly signature: Doc<'signature'> | undefined;
  readonly signed: Signed | undefined;
  readonly state: SignatureState;
}

/** A content that is no visit entry stands for nothing that anybody signed. */
const NOTHING = { visit: {} } as Signed;

/** The entry of a visit; of several signatures the newest counts. */
export function entryOf(books: Books, visit: Doc<'service_visit'>): Entry {
  const signature = books.signature.where('visit', visit.id).toSorted(byPosition).at(-1);
  const signed = signature && signedOf(signature);
  const state = signatureState(signed ?? null, visit.fields, Object.keys(visit.rivals));
  return { id: visit.id, visit, signature, signed, state };
}

/** What is only on this device is the newest. */
function byPosition(one: Doc<'signature'>, other: Doc<'signature'>): number {
  return (one.position || Infinity) - (other.position || Infinity) || (one.id < other.id ? -1 : 1);
}

function signedOf({ fields }: Doc<'signature'>): Signed {
  try {
    const content: unknown = JSON.parse(fields.content ?? 'null');
    return isSigned(content) ? content : NOTHING;
  } catch {
    return NOTHING;
  }
}

function isSigned(content: unknown): content is Signed {
  const visit = (content as Partial<Signed> | null)?.visit;
  return typeof visit === 'object' && visit !== null;
}
