import { pushStatement } from '../core/chain.ts';
import type { PushHead, PushReply } from '../wire/protocol.ts';
import { messageOf, Unreachable } from './call.ts';
import { type Line, signedBy, type Writer } from './line.ts';
import { packed } from './lines.ts';
import type { Batch, Chain } from './ports.ts';
import type { Outcome } from './states.ts';

/**
 * Sends what the office does not have, in whole groups, chain after chain (SPEC P2, P3).
 *
 * A closed chain of this epoch may still have operations whose stamps never came: they are sent again, and the office
 * answers with the stamps that it gave.
 */
export async function push(line: Line, writer: Writer): Promise<Outcome> {
  const { outbox } = line.device;
  const chains = await outbox.chains();
  const epoch = chains.find(({ state }) => state === 'open')?.record.epoch;
  try {
    for (const chain of chains.filter(({ record }) => record.epoch === epoch && record.device === writer.key.device)) {
      const reached = await pushChain(line, writer, chain);
      if (!reached) return 'parted';
    }
    return 'done';
  } finally {
    outbox.nowSending(null);
  }
}

/** False: the office has more of the open chain than this device. */
async function pushChain(line: Line, writer: Writer, { record: { actor }, state }: Chain): Promise<boolean> {
  const { outbox } = line.device;
  for (;;) {
    const batch = await outbox.nextBatch(actor);
    const last = batch?.operations.at(-1);
    if (!batch || !last) return true;
    outbox.nowSending({ actor, last: last.seq });
    const reply = await pushBatch(line, writer, actor, batch);
    await outbox.acknowledge(actor, batch, reply);
    if (state === 'open' && reply.acked_seq > last.seq) return false;
  }
}

async function pushBatch(line: Line, writer: Writer, actor: string, batch: Batch): Promise<PushReply> {
  const { seq, head } = batch.operations.at(-1) ?? { seq: 0, head: '' };
  const pending = await line.device.outbox.pending();
  const pushHead: PushHead = {
    actor,
    first: batch.first,
    prev: batch.prev,
    count: batch.operations.length,
    now: line.ambient.now(),
    pending: pending.count,
    signature: await signedBy(writer, pushStatement(actor, seq, head)),
  };
  const texts = batch.operations.map(({ text }) => text);
  const reply = await messageOf(await line.call('/sync/v1/push', await packed(pushHead, texts)), 'PushReply');
  if (reply.acked_seq < seq || reply.stamps.length !== texts.length) throw new Unreachable('an answer to another push');
  return reply;
}
