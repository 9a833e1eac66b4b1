import type { Ambient } from '../../platform/ambient.ts';
import { handOver } from '../../platform/handing_over.ts';
import type { Store } from '../../store/index.ts';
import { account as text } from '../text/account.ts';
import { inputMoment } from '../text/when.ts';

/** Gives the person everything that the office signed for, as a file named after the moment; throws `NotTaken`. */
export async function exportReceipts(store: Store, { now }: Pick<Ambient, 'now'>): Promise<void> {
  const date = inputMoment(now()).replace('T', ' ').replace(':', '');
  const name = text.get().receiptsName({ date });
  await store.exportReceipts((lines) => handOver(new File([lines], name, { type: lines.type })));
}
