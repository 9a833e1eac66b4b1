import { download } from '../../platform/handing_over.ts';
import type { Me, Store } from '../../store/index.ts';

/** Gives the unsent work of this device to the person as a file; from then on he may sign out (SPEC V5). */
export async function exportFile(store: Store, { user }: Me): Promise<void> {
  await store.exportFile(async (lines) =>
    download(new File([lines], `fieldproof-${user}.jsonl`, { type: lines.type })),
  );
}
