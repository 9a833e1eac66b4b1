import {
  boundBy,
  erasedSignatureState,
  type SignedContent,
  type SignedField,
  signatureState,
} from '../../rules/signed_content.ts';
import type { Doc } from '../../store/index.ts';
import type { SignatureState } from '../../wire/states.ts';
import type { Books } from './books.ts';
import { isErased } from './erased.ts';

/** What was signed, as far as it can be read. */
export type Signed = Partial<SignedContent> & Pick<SignedContent, 'visit'>;

/** One visit entry with its signature, and how the two stand to each other. */
export interface Entry {
  readonly id: string;
  readonly visit: Doc<'service_visit'>;
  readonly signature: Doc<'signature'> | undefined;
  readonly signed: Signed | undefined;
  /** What was signed before that, oldest first: it was changed, and signed again (F032). */
  readonly earlier: readonly Earlier[];
  readonly state: SignatureState;
}

/** A signature that another one has followed. */
export interface Earlier {
  readonly signature: Doc<'signature'>;
  readonly signed: Signed;
}

/** Written after the customer signed, or by somebody who did not know it: that one waits for a decision. */
export type Breach = 'broken' | 'rival';

/** What was written in these entries that the customers' signatures do not cover (F032); undefined: nothing. */
export function breachOf(...states: readonly SignatureState[]): Breach | undefined {
  if (states.includes('amended')) return 'broken';
  return states.includes('rival') ? 'rival' : undefined;
}

/** What a later signature says otherwise than one before it. */
export interface Rewritten {
  readonly one: Earlier;
  readonly changes: readonly { readonly field: SignedField; readonly was: unknown; readonly became: unknown }[];
}

/** Each signature that was followed by another one, with what the next one says otherwise; the latest first. */
export function rewritten({ earlier, signed }: Entry): readonly Rewritten[] {
  const legible = earlier.filter(({ signature }) => !isErased(signature));
  return legible
    .map((one, at) => ({ one, changes: changedIn(one.signed, legible[at + 1]?.signed ?? signed) }))
    .toReversed();
}

function changedIn(before: Signed, after: Signed | undefined): Rewritten['changes'] {
  return boundBy(before.template)
    .map((field) => ({ field, was: before.visit[field] ?? null, became: after?.visit[field] ?? null }))
    .filter(({ was, became }) => was !== became);
}

/** A content that is no visit entry stands for nothing that anybody signed. */
const NOTHING = { visit: {} } as Signed;

/** Reading what was signed costs more than all the rest, and there are many entries. */
const known = new WeakMap<Doc<'service_visit'>, Entry>();

/** The entry of a visit; of several signatures the newest counts. */
export function entryOf(books: Books, visit: Doc<'service_visit'>): Entry {
  const signatures = books.signature.children('visit', visit).toSorted(byPosition);
  const signature = signatures.pop();
  const before = known.get(visit);
  if (before && before.signature === signature && before.earlier.length === signatures.length) return before;
  const signed = signature && !isErased(signature) ? signedOf(signature) : undefined;
  const state = stateOf(visit, signature, signed);
  const earlier = signatures.map((each) => ({ signature: each, signed: signedOf(each) }));
  const entry = { id: visit.id, visit, signature, signed, earlier, state };
  known.set(visit, entry);
  return entry;
}

function stateOf(visit: Doc<'service_visit'>, signature: Doc<'signature'> | undefined, signed: Signed | undefined) {
  if (signature && isErased(signature))
    return erasedSignatureState(signature.fields.signed_at ?? null, visit.fields.amended_at ?? null);
  return signatureState(signed ?? null, visit.fields, Object.keys(visit.rivals));
}

/** What is only on this device is the newest. */
function byPosition(one: Doc<'signature'>, other: Doc<'signature'>): number {
  const [first, second] = [one.position || Infinity, other.position || Infinity];
  return first === second ? (one.id < other.id ? -1 : 1) : first - second;
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

/** The number of the voucher on which an entry stands; undefined where its product has only one. */
export function voucherNumberOf(books: Books, { fields: { asset } }: Doc<'service_visit'>): string | undefined {
  const head = books.asset.get(asset)?.id ?? '';
  return books.asset.mergedInto(head).length === 0
    ? undefined
    : (books.service_voucher.get(asset)?.fields.number ?? undefined);
}
