import type { Ambient } from '../../platform/ambient.ts';
import type { Store } from '../../store/index.ts';
import { outbox as text } from '../text/outbox.ts';
import { inputMoment } from '../text/when.ts';
import { handOver } from './hand_over.ts';

/** Gives the person everything that the office does not have, as a file named after the moment. */
export async function exportUnsent(store: Store, { now }: Pick<Ambient, 'now'>): Promise<void> {
  const lines = await store.exportFile();
  const date = inputMoment(now()).replace('T', ' ').replace(':', '');
  await handOver(new File([lines], text.get().fileName({ date }), { type: lines.type }));
}
