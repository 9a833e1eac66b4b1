import type { Client } from '../../net/index.ts';
import { download } from '../../platform/handing_over.ts';
import type { Me, Store } from '../../store/index.ts';

/** Gives the unsent work of this device to the person, sealed; from then on he may sign out (SPEC V5). */
export async function exportFile(store: Store, client: Client, { user }: Me): Promise<void> {
  let number = 0;
  await store.exportFile(async (work) => {
    const file = await client.seal(work);
    number += 1;
    download(new File([file], `fieldproof-${user}-${number}.fprescue`, { type: file.type }));
  });
}
