import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { Signature } from '../wire/kinds.ts';
import type { ActorRecord, Receipt, Stamp } from '../wire/protocol.ts';
import { canonicalBytes } from './canonical.ts';

/** Hexadecimal digits: 160 bits, as much as an id holds. */
const SIGNATURE_ID_LENGTH = 40;

/** The head before the first operation: it binds who writes, where, and from which past (SPEC A1). */
export function genesis(record: ActorRecord): string {
  const { company, actor, device, user, place, epoch, parent = null, parent_seq = 0, parent_head = null } = record;
  const named = ['fieldproof-actor-1', company, actor, device, user, place, epoch, parent, parent_seq];
  return link(canonicalBytes(parent_head === null ? named : [...named, parent_head]));
}

/** SHA-256 of an operation's bytes as they are sent; it outlives the payload's erasure (SPEC A2). */
export function link(payload: Uint8Array): string {
  return bytesToHex(sha256(payload));
}

/** The head after one more operation: SHA-256 over the two hashes' 64 bytes (SPEC A2). */
export function extend(head: string, operationHash: string): string {
  return link(concatBytes(hexToBytes(head), hexToBytes(operationHash)));
}

/** The bytes that a device signs with its P-256 key for a push (SPEC A4). */
export function pushStatement(actor: string, lastSeq: number, head: string): Uint8Array<ArrayBuffer> {
  return canonicalBytes(['fieldproof-push-1', actor, lastSeq, head]);
}

/** The bytes that a device signs for a customer's signature: content, strokes, image, signer (SPEC N3). */
export function signatureStatement(doc: string, fields: Signature): Uint8Array<ArrayBuffer> {
  const { content_sha256, strokes_sha256, image_sha256, signer_name, signed_at, visit } = fields;
  const named = [content_sha256, strokes_sha256, image_sha256, signer_name, signed_at, visit];
  return canonicalBytes(['fieldproof-signature-1', doc, ...named.map((value) => value ?? null)]);
}

/** The id of a signature with these fields: what it says names it, so it is never rewritten (SPEC N4). */
export function signatureId(fields: Signature): string {
  const { unit, visit, role, signer_name, signed_at, template } = fields;
  const { content_sha256, strokes_sha256, image_sha256, device } = fields;
  const said = [unit, visit, role, signer_name, signed_at, template];
  const members = [...said, content_sha256, strokes_sha256, image_sha256, device];
  const named = ['fieldproof-signature-id-1', ...members.map((value) => value ?? null)];
  return link(canonicalBytes(named)).slice(0, SIGNATURE_ID_LENGTH);
}

/** SHA-256 of a stamp's canonical bytes (SPEC P6). */
export function stampLink([epoch, position, receivedAt, effectiveAt, verdict, role, problem = null]: Stamp): string {
  return link(canonicalBytes([epoch, position, receivedAt, effectiveAt, verdict, role, problem]));
}

/** What a receipt says of the stamps of its stretch: SHA-256 over their hashes, in their order (SPEC P6). */
export function stampsDigest(links: readonly string[]): string {
  return link(concatBytes(...links.map(hexToBytes)));
}

/** The bytes that the server signs for a stretch of a chain (SPEC P6). */
export function receiptStatement(receipt: Receipt): Uint8Array<ArrayBuffer> {
  const { company, actor, first, seq, head, stamps, epoch, position, at } = receipt;
  return canonicalBytes(['fieldproof-receipt-1', company, actor, first, seq, head, stamps, epoch, position, at]);
}
