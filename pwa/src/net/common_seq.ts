import { MAX_HELLO_HEADS } from '../wire/limits.ts';
import type { HelloReply } from '../wire/protocol.ts';
import { sayHello } from './hello.ts';
import type { Line } from './line.ts';
import type { Chain } from './ports.ts';

/**
 * The last seq up to which this chain and the office's copy of it are the same (SPEC A3).
 *
 * Mostly the office's answer says it; only for two chains that really differ is it searched, as many heads at a time as a hello holds.
 */
export async function commonSeq(line: Line, chain: Chain, reply: HelloReply): Promise<number> {
  const compared = Math.min(chain.last_seq, reply.acked_seq);
  const own = await headsOf(line, chain, [compared]);
  const equal = compared === reply.acked_seq ? own[0]?.[1] === reply.head : reply.common_seq === compared;
  return equal ? compared : search(line, chain, 0, compared);
}

/**
 * Where a chain ends that cannot go on: what the office has, or will take back because it acknowledged it once.
 *
 * Where the two copies part there is no taking back: what lies behind is written again elsewhere.
 */
export function endOf(chain: Chain, reply: HelloReply, common: number): number {
  return reply.acked_seq > common ? common : Math.max(common, chain.acked_seq);
}

/** Equal at `low`, different at `high`. */
async function search(line: Line, chain: Chain, low: number, high: number): Promise<number> {
  const probes = between(low, high);
  if (probes.length === 0) return low;
  const reply = await sayHello(line, chain, await headsOf(line, chain, probes));
  const equal = Math.max(low, ...probes.filter((seq) => seq <= reply.common_seq));
  return search(line, chain, equal, probes.find((seq) => seq > equal) ?? high);
}

async function headsOf({ device }: Line, { record }: Chain, seqs: readonly number[]) {
  return [...(await device.outbox.headsAt(record.actor, seqs))];
}

/** As many seqs as one hello may name, strictly between two, evenly spread. */
export function between(low: number, high: number): number[] {
  const room = high - low - 1;
  const count = Math.min(room, MAX_HELLO_HEADS);
  return Array.from({ length: count }, (_, place) => low + Math.ceil(((place + 1) * room) / count));
}
