import { pushStatement } from '../core/chain.ts';
import type { PushHead, PushReply } from '../wire/protocol.ts';
import { messageOf } from './call.ts';
import { type Line, signedBy, type Writer } from './line.ts';
import { packed } from './lines.ts';
import type { Batch, Chain } from './ports.ts';
import { checkReceipt } from './receipts.ts';
import type { Outcome } from './states.ts';

/** Sends what the office does not have of the open chain, in whole groups (SPEC P2, P3). */
export async function push(line: Line, writer: Writer): Promise<Outcome> {
  const open = (await line.device.outbox.chains()).find(({ state }) => state === 'open');
  return !open || (await pushChain(line, writer, open)) ? 'parted' : 'done';
}

/**
 * Sends a chain to its end; of what the office has already it only tells the stamps.
 *
 * True: the office turned out to have more of the chain than this device.
 */
export async function pushChain(line: Line, writer: Writer, { record: { actor } }: Chain): Promise<boolean> {
  const { outbox } = line.device;
  let [sent, reached] = [0, 0];
  try {
    for (;;) {
      const batch = await outbox.nextBatch(actor);
      const last = batch?.operations.at(-1);
      if (!batch || !last) return reached > sent;
      outbox.nowSending({ actor, last: last.seq });
      const reply = await pushBatch(line, writer, actor, batch);
      await outbox.acknowledge(actor, batch, reply);
      line.keptAt = 0; // what the office wrote upon it, an official number say, is kept with the pull that follows
      [sent, reached] = [last.seq, reply.acked_seq];
    }
  } finally {
    outbox.nowSending(null);
  }
}

async function pushBatch(line: Line, writer: Writer, actor: string, batch: Batch): Promise<PushReply> {
  const { seq, head } = batch.operations.at(-1) ?? { seq: 0, head: '' };
  const left = await line.device.outbox.pending({ actor, last: seq });
  const pushHead: PushHead = {
    actor,
    first: batch.first,
    prev: batch.prev,
    count: batch.operations.length,
    now: line.ambient.now(),
    pending: batch.operations.length + left.count,
    signature: await signedBy(writer, pushStatement(actor, seq, head)),
    oldest_left_at: left.oldestAt,
  };
  const texts = batch.operations.map(({ text }) => text);
  const reply = await messageOf(await line.call('/sync/v1/push', await packed(pushHead, texts)), 'PushReply');
  await checkReceipt(line.receiptKey, actor, batch, reply);
  return reply;
}
