import type { ActorRecord, HelloReply } from '../wire/protocol.ts';
import { Refused } from './call.ts';
import { commonSeq, endOf } from './common_seq.ts';
import { sayHello } from './hello.ts';
import type { Line, Writer } from './line.ts';
import type { Chain } from './ports.ts';
import type { Outcome } from './states.ts';

/** An epoch that no office has: whoever names it learns the real one. */
const NO_EPOCH = 'none';

/** Finds where the office stands, and goes on with a new actor where this one cannot (SPEC P1, A3). */
export async function greet(line: Line, writer: Writer): Promise<Outcome> {
  const chains = await line.device.outbox.chains();
  const open = chains.find(({ state }) => state === 'open');
  if (!open || open.record.device !== writer.key.device) return introduce(line, writer, open);
  try {
    return await stand(line, writer, open, await sayHello(line, open));
  } catch (error) {
    if (error instanceof Refused && error.code === 'sync.actor') return introduce(line, writer, open);
    throw error;
  }
}

/** The first actor of a device; what another device of the same person left unsent goes with it. */
async function introduce(line: Line, writer: Writer, left: Chain | undefined): Promise<Outcome> {
  const stranger = actorRecord(line, writer, NO_EPOCH);
  const { epoch } = await sayHello(line, { record: stranger, last_seq: 0, head: '0'.repeat(64) });
  const parted = left ? { actor: left.record.actor, common: left.acked_seq } : null;
  await line.device.outbox.begin(actorRecord(line, writer, epoch), parted);
  return 'parted';
}

async function stand(line: Line, writer: Writer, open: Chain, reply: HelloReply): Promise<Outcome> {
  const { outbox } = line.device;
  const actor = open.record.actor;
  const common = await commonSeq(line, open, reply);
  if (reply.epoch !== open.record.epoch || reply.acked_seq > common) {
    const end = endOf(open, reply, common);
    const head = (await outbox.headsAt(actor, [end])).get(end);
    const past = { parent: actor, parent_seq: end, ...(head && { parent_head: head }) };
    await outbox.begin(actorRecord(line, writer, reply.epoch, past), { actor, common: end });
    return 'parted';
  }
  if (common < open.acked_seq) await outbox.unacknowledge(actor, common);
  line.compareFrom = 0;
  line.keptAt = 0;
  return 'done';
}

function actorRecord(
  { ambient }: Line,
  { me: { company, user }, key: { device, place } }: Writer,
  epoch: string,
  past: Pick<ActorRecord, 'parent' | 'parent_seq' | 'parent_head'> = { parent: null, parent_seq: 0 },
): ActorRecord {
  return { actor: ambient.id(), company, device, user, place, epoch, ...past };
}
