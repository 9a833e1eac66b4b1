import type { Role } from '../../wire/vocabulary.ts';
import { guidesOf, loadGuide } from './guides.ts';

/**
 * Has the service worker keep the pictures of somebody's own guides, one after the other, so that they are there
 * without a network. What it has already costs nothing; what does not come now comes at the next start.
 */
export async function keepPictures(roles: readonly Role[], worker: ServiceWorkerContainer, load: typeof fetch) {
  await controlled(worker);
  for (const name of guidesOf(roles)) {
    const { pictures } = await loadGuide(name);
    for (const { src } of Object.values(pictures)) await load(src);
  }
}

/** Resolves once requests of this page go through the worker. */
async function controlled(worker: ServiceWorkerContainer): Promise<void> {
  if (worker.controller) return;
  await new Promise((resolve) => worker.addEventListener('controllerchange', resolve, { once: true }));
}
