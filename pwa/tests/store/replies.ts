import { stampLink, stampsDigest } from '../../src/core/chain.ts';
import type { DiskStore } from '../../src/store/index.ts';
import type { PushReply, Stamp } from '../../src/wire/protocol.ts';
import { EPOCH, START } from './world.ts';

type Result = PushReply['results'][number];

function stampOf(position: number, result: Result | undefined): Stamp {
  const held = result?.[1] === 'held';
  return [EPOCH, position, START, START, held ? 'held' : 'applied', 'technician', held ? result[2] : null];
}

/** Acknowledges what waits in the open chain, as the office would: one position for each operation from `position` on. */
export async function acknowledge(store: DiskStore, position: number, results: readonly Result[] = []) {
  const { outbox } = store.device;
  const [chain] = (await outbox.chains()).filter(({ state }) => state === 'open');
  const actor = chain?.record.actor ?? '';
  const batch = await outbox.nextBatch(actor);
  if (!batch) throw new Error('nothing waits');
  const last = batch.operations.at(-1);
  const end = { seq: last?.seq ?? 0, head: last?.head ?? '' };
  const stamps = batch.operations.map((_, place) =>
    stampOf(
      position + place,
      results.find(([at]) => at === place),
    ),
  );
  const signed = { first: batch.first, ...end, stamps: stampsDigest(stamps.map(stampLink)), signature: '' };
  const reply: PushReply = {
    acked_seq: end.seq,
    head: end.head,
    epoch: EPOCH,
    stamps,
    results,
    mark: `mark-${position}`,
    receipt: { company: 'company-one', actor, ...signed, epoch: EPOCH, position, at: START },
  };
  await outbox.acknowledge(actor, batch, reply);
}
