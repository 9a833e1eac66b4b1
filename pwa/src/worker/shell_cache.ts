import type { Build } from './build.ts';

const PREFIX = 'shell-';
const REVISION = 'x-revision';

/** Name of the cache that holds exactly this build. */
export const cacheName = ({ id }: Build) => PREFIX + id;

/**
 * Fills the cache of this build; a file that an older build already holds in the same revision is not fetched again.
 * Of the files for later only those are taken that an older build holds.
 */
export async function install(build: Build, storage: CacheStorage, load: typeof fetch): Promise<void> {
  const cache = await storage.open(cacheName(build));
  await Promise.all(
    build.files.map(async ({ path, revision, later }) => {
      const held = await storage.match(path);
      const kept = held?.headers.get(REVISION) === revision ? held : undefined;
      if (kept || !later) await cache.put(path, kept ?? (await fetched(path, revision, load)));
    }),
  );
}

/** A file of this build; one for later is kept from now on. If the browser has evicted one, it comes from the network. */
export async function held(build: Build, path: string, storage: CacheStorage, load: typeof fetch): Promise<Response> {
  const cache = await storage.open(cacheName(build));
  const kept = await cache.match(path);
  if (kept) return kept;
  const file = build.files.find((each) => each.path === path);
  if (!file?.later) return load(path);
  const came = await fetched(path, file.revision, load);
  await cache.put(path, came.clone());
  return came;
}

/** Removes the caches of all other builds. */
export async function tidy(build: Build, storage: CacheStorage): Promise<void> {
  const current = cacheName(build);
  const names = await storage.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== current);
  await Promise.all(old.map((name) => storage.delete(name)));
}

/** Past the browser's own cache, and never half: anything but 200 makes the installation fail and the old build stay. */
async function fetched(path: string, revision: string, load: typeof fetch): Promise<Response> {
  const response = await load(path, { cache: 'no-cache', credentials: 'same-origin' });
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  const headers = new Headers(response.headers);
  headers.set(REVISION, revision);
  return new Response(await response.blob(), { headers });
}
