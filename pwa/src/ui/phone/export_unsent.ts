import type { Ambient } from '../../platform/ambient.ts';
import { handOver } from '../../platform/handing_over.ts';
import type { Store } from '../../store/index.ts';
import { outbox as text } from '../text/outbox.ts';
import { inputMoment } from '../text/when.ts';

/** Gives the person everything that the office does not have, as a file named after the moment; throws `NotTaken`. */
export async function exportUnsent(store: Store, { now }: Pick<Ambient, 'now'>): Promise<void> {
  const date = inputMoment(now()).replace('T', ' ').replace(':', '');
  const name = text.get().fileName({ date });
  await store.exportFile((lines) => handOver(new File([lines], name, { type: lines.type })));
}
