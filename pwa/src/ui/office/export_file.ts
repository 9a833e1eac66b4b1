import type { Me, Store } from '../../store/index.ts';

/** Gives the unsent work of this device to the person as a file; from then on he may sign out (SPEC V5). */
export async function exportFile(store: Store, { user }: Me): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await store.exportFile());
  link.download = `fieldproof-${user}.jsonl`;
  link.click();
  URL.revokeObjectURL(link.href);
}
