import { pushStatement } from '../core/chain.ts';
import type { Code } from '../wire/problems.ts';
import type { ReOfferHead } from '../wire/protocol.ts';
import { messageOf, Refused } from './call.ts';
import { commonSeq, endOf } from './common_seq.ts';
import { giveBack } from './entrusting.ts';
import { sayHello } from './hello.ts';
import { epochOf, type Line, signedBy, type Writer } from './line.ts';
import { packed } from './lines.ts';
import type { Chain, Offer } from './ports.ts';
import { pushChain } from './pushing.ts';
import { checkReceipt } from './receipts.ts';
import type { Outcome } from './states.ts';

/** A chain that the office will never take back must not stand in the way of what is written now. */
const FOR_THIS_CHAIN: readonly Code[] = [
  'sync.re_offer',
  'sync.fork',
  'device.wrong',
  'request.malformed',
  // Somebody else's chain has its name by now, so nothing of this one can be there: it is written again as a new one.
  'sync.actor',
];

/**
 * Brings an office of a new epoch what it may have lost: first what is kept for it, for what others wrote on top of it
 * may need it, such as an official number; then what this device wrote; its files follow once their records are there.
 */
export async function heal(line: Line, writer: Writer): Promise<Outcome> {
  const epoch = await epochOf(line);
  await giveBack(line, writer.me, epoch);
  if (line.filesIn !== epoch) await line.device.blobs.sendAgain(epoch);
  line.filesIn = epoch;
  return offer(line, writer);
}

/**
 * Looks after closed chains, once in each epoch: fetches stamps whose answer was lost, brings back what a restored
 * office no longer has (SPEC H1), and writes again what it can never have there.
 */
export async function offer(line: Line, writer: Writer): Promise<Outcome> {
  const [chains, epoch] = [await line.device.outbox.chains(), await epochOf(line)];
  const unsettled = chains.filter(({ state, settled }) => state === 'closed' && !settled);
  for (const chain of unsettled.filter(({ record }) => record.device === writer.key.device)) {
    const outcome = await lookAfter(line, writer, chain, epoch);
    if (outcome !== 'done') return outcome;
  }
  return 'done';
}

async function lookAfter(line: Line, writer: Writer, chain: Chain, epoch: string): Promise<Outcome> {
  try {
    return await bringHome(line, writer, chain, epoch);
  } catch (error) {
    if (!(error instanceof Refused) || !FOR_THIS_CHAIN.includes(error.code)) throw error;
    if (error.code === 'sync.actor') await line.device.outbox.moveTail(chain.record.actor, 0);
    await line.device.outbox.settle(chain.record.actor, error.code);
    return 'done';
  }
}

async function bringHome(line: Line, writer: Writer, chain: Chain, epoch: string): Promise<Outcome> {
  const { outbox } = line.device;
  const actor = chain.record.actor;
  const reply = await sayHello(line, chain);
  if (reply.epoch !== epoch) return 'parted';
  const common = await commonSeq(line, chain, reply);
  const end = endOf(chain, reply, common);
  if (end < chain.last_seq) await outbox.moveTail(actor, end);
  if (chain.acked_seq < common) await pushChain(line, writer, chain);
  await offerBehind(line, writer, chain, common);
  await outbox.settle(actor, null);
  return 'done';
}

async function offerBehind(line: Line, writer: Writer, chain: Chain, after: number): Promise<void> {
  for (let reached = after; ; ) {
    const next = await line.device.outbox.nextOffer(chain.record.actor, reached);
    if (!next) return;
    reached = await offerOnce(line, writer, chain, next);
  }
}

/** The office answers as to a push: what no receipt proved was stamped anew, and that is kept. */
async function offerOnce(line: Line, writer: Writer, { record }: Chain, offered: Offer): Promise<number> {
  const { seq, head } = offered.operations.at(-1) ?? { seq: 0, head: '' };
  const reOfferHead: ReOfferHead = {
    actor: record,
    first: offered.first,
    prev: offered.prev,
    now: line.ambient.now(),
    stamps: offered.stamps,
    receipts: offered.receipts,
    signature: await signedBy(writer, pushStatement(record.actor, seq, head)),
    ...(offered.frames.length > 0 && { frames: offered.frames }),
  };
  const texts = offered.operations.map(({ text }) => text);
  const reply = await messageOf(await line.call('/sync/v1/offer', await packed(reOfferHead, texts)), 'PushReply');
  await checkReceipt(line.receiptKey, record.actor, offered, reply);
  await line.device.outbox.acknowledge(record.actor, offered, reply);
  return seq;
}
