import { link } from '../../core/chain.ts';
import type { Call } from '../../net/call.ts';
import type { SignedContent } from '../../rules/signed_content.ts';
import type { SignedCopy } from '../../wire/bodies.ts';
import { FIELDS_OF } from '../../wire/states.ts';
import type { SignerRole } from '../../wire/vocabulary.ts';
import { linkParts } from '../books/copies.ts';
import { cropped } from '../parts/cropped.ts';
import { type Drawing, decodeStrokes } from '../parts/strokes.ts';

/** A copy as its page shows it. */
export interface Copy {
  readonly content: SignedContent;
  readonly fingerprint: string;
  /** The bytes are those that were signed. */
  readonly isWhole: boolean;
  readonly signer: string;
  /** In which capacity he signed; copies of the first template do not say. */
  readonly role: SignerRole;
  readonly signedAt: number;
  /** The signature as it was drawn; null until its file has arrived. */
  readonly drawing: Drawing | null;
}

/** The link names no copy at all. */
export class BrokenLink extends Error {}

/** Reads what a link names; throws `BrokenLink`, `Refused` and `Unreachable`. */
export async function readCopy(call: Call, hash: string): Promise<Copy> {
  const named = linkParts(hash);
  if (!named) throw new BrokenLink();
  const body = JSON.stringify({ secret: named.secret });
  const headers = { 'content-type': 'application/json' };
  const answer = await call(`/api/copies/${named.company}/${named.copy}`, { method: 'POST', headers, body });
  return shownOf((await answer.json()) as SignedCopy);
}

function shownOf({ content, content_sha256, signer_name, signed_at, strokes }: SignedCopy): Copy {
  const said = JSON.parse(content) as SignedContent;
  const isWhole = said.template in FIELDS_OF && link(new TextEncoder().encode(content)) === content_sha256;
  const drawing = strokes === null ? null : cropped(decodeStrokes(strokes));
  return {
    content: said,
    fingerprint: content_sha256,
    isWhole,
    signer: signer_name,
    role: said.signer?.role ?? 'customer',
    signedAt: signed_at,
    drawing,
  };
}
