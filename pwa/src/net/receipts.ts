import { receiptStatement, stampLink, stampsDigest } from '../core/chain.ts';
import { fromBase64Url } from '../platform/base64url.ts';
import type { PushReply, Receipt } from '../wire/protocol.ts';
import { Unreachable } from './call.ts';
import type { Batch } from './ports.ts';

const ED25519 = 'Ed25519';

/** Throws `Unreachable` unless an answer's receipt is the office's, for this batch and these stamps (SPEC P6). */
export async function checkReceipt(key: string, actor: string, batch: Batch, reply: PushReply): Promise<void> {
  const { receipt, stamps } = reply;
  const last = batch.operations.at(-1);
  const said = [receipt.actor, receipt.first, receipt.seq, receipt.head, receipt.stamps];
  const due = [actor, batch.first, last?.seq, last?.head, stampsDigest(stamps.map(stampLink))];
  const fits = stamps.length === batch.operations.length && said.every((one, place) => one === due[place]);
  if (!fits || !(await isSigned(key, receipt))) throw new Unreachable('a receipt for something else');
}

async function isSigned(key: string, receipt: Receipt): Promise<boolean> {
  try {
    const office = await crypto.subtle.importKey('raw', fromBase64Url(key), ED25519, false, ['verify']);
    const signature = fromBase64Url(receipt.signature);
    return await crypto.subtle.verify(ED25519, office, signature, receiptStatement(receipt));
  } catch (error) {
    // A browser without Ed25519 cannot tell; the office can, when the receipt is needed.
    return error instanceof DOMException && error.name === 'NotSupportedError';
  }
}
