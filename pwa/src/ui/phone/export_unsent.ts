import type { Client } from '../../net/index.ts';
import type { Ambient } from '../../platform/ambient.ts';
import { handOver } from '../../platform/handing_over.ts';
import type { Store } from '../../store/index.ts';
import { outbox as text } from '../text/outbox.ts';
import { inputMoment } from '../text/when.ts';

/** What an export needs at hand. */
export interface Exporting {
  readonly store: Store;
  readonly client: Client;
  readonly ambient: Pick<Ambient, 'now'>;
}

/** Gives the person everything that the office does not have, sealed, in files named after the moment; throws `NotTaken`. */
export async function exportUnsent({ store, client, ambient: { now } }: Exporting): Promise<void> {
  const date = inputMoment(now()).replace('T', ' ').replace(':', '');
  let number = 0;
  await store.exportFile(async (work) => {
    const file = await client.seal(work);
    number += 1;
    const name = text.get().fileName({ date: number === 1 ? date : `${date} ${number}` });
    await handOver(new File([file], name, { type: file.type }));
  });
}
