import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { pushStatement } from '../core/chain.ts';
import { fromBase64Url } from '../platform/base64url.ts';
import type { RescueBatch, RescueContents, RescueHeader } from '../wire/bodies.ts';
import { RESCUE_FORMAT, RESCUE_INFO, RESCUE_VERSION } from '../wire/limits.ts';
import { signedBy, type Writer } from './line.ts';
import type { Contact, UnsentWork } from './ports.ts';

const SUITE = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const MEDIA_TYPE = 'application/vnd.fieldproof.rescue';

/** What the office has to know besides the work itself. */
export interface Surroundings {
  readonly at: number;
  readonly contact: Contact & { readonly rescueKey: string };
}

/**
 * Unsent work as a file that nobody but the office can open (SPEC X1): sealed to its company's public key, with this
 * device's signature over each stretch. Needs no network.
 */
export async function sealed(writer: Writer, work: UnsentWork, { at, contact }: Surroundings): Promise<Blob> {
  const header: RescueHeader = {
    format: RESCUE_FORMAT,
    version: RESCUE_VERSION,
    company: writer.me.company,
    key: contact.rescueKey,
  };
  const line = JSON.stringify(header);
  const contents: RescueContents = {
    user: writer.me.user,
    device: writer.key.device,
    at,
    offset_ms: contact.offset,
    batches: await Promise.all(work.batches.map((batch) => announced(writer, batch))),
    blobs: work.blobs.map(({ sha256, bytes }) => ({ sha256, size: bytes.length })),
  };
  const texts = work.batches.flatMap(({ operations }) => operations.map(({ text }) => text));
  const lines = [JSON.stringify(contents), ...texts].map((one) => `${one}\n`);
  const plain = await new Blob([...lines, ...work.blobs.map(({ bytes }) => bytes)]).arrayBuffer();
  const bytes = new TextEncoder().encode(`${RESCUE_INFO}\n${line}`);
  const recipientPublicKey = await SUITE.kem.deserializePublicKey(fromBase64Url(contact.rescueKey));
  const { enc, ct } = await SUITE.seal({ recipientPublicKey, info: bytes.buffer }, plain);
  return new Blob([`${line}\n`, enc, ct], { type: MEDIA_TYPE });
}

async function announced(writer: Writer, batch: UnsentWork['batches'][number]): Promise<RescueBatch> {
  const { record, first, prev, operations } = batch;
  const { seq, head } = operations.at(-1) ?? { seq: 0, head: '' };
  const signature = await signedBy(writer, pushStatement(record.actor, seq, head));
  return { actor: record, first, prev, count: operations.length, signature };
}
