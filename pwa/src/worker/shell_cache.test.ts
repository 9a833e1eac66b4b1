import { expect, test } from 'vitest';
import type { Build } from './build.ts';
import { cacheName, install, tidy } from './shell_cache.ts';

/** Just enough of the browser's cache storage, in memory. */
function memoryStorage(): CacheStorage {
  const all = new Map<string, Map<string, Response>>();
  const open = async (name: string) => {
    const held = all.get(name) ?? new Map<string, Response>();
    all.set(name, held);
    return {
      put: async (path: string, response: Response) => void held.set(path, response),
      match: async (path: string) => held.get(path)?.clone(),
    };
  };
  const match = async (path: string) =>
    [...all.values()]
      .find((held) => held.has(path))
      ?.get(path)
      ?.clone();
  const storage = { open, match, keys: async () => [...all.keys()], delete: async (name: string) => all.delete(name) };
  return storage as unknown as CacheStorage;
}

function server(contents: Record<string, string>) {
  const asked: string[] = [];
  const load = async (input: RequestInfo | URL) => {
    asked.push(String(input));
    const body = contents[String(input)];
    return body === undefined ? new Response('', { status: 503 }) : new Response(body);
  };
  return { asked, load: load as typeof fetch };
}

const app = { path: '/assets/app.js', revision: 'b1' };
const first: Build = { id: '1', files: [{ path: '/index.html', revision: 'a1' }, app] };
const second: Build = { id: '2', files: [{ path: '/index.html', revision: 'a2' }, app] };

test('a build is installed whole, and read back', async () => {
  const storage = memoryStorage();
  const { load } = server({ '/index.html': 'page', '/assets/app.js': 'code' });
  await install(first, storage, load);
  expect(await (await storage.match('/assets/app.js'))?.text()).toBe('code');
});

test('an update fetches only what changed', async () => {
  const storage = memoryStorage();
  await install(first, storage, server({ '/index.html': 'page', '/assets/app.js': 'code' }).load);
  const update = server({ '/index.html': 'new page' });
  await install(second, storage, update.load);
  expect(update.asked).toEqual(['/index.html']);
  const cache = await storage.open(cacheName(second));
  expect(await (await cache.match('/assets/app.js'))?.text()).toBe('code');
});

test('a file that does not come makes the installation fail, so that the old build stays', async () => {
  const storage = memoryStorage();
  await expect(install(first, storage, server({ '/index.html': 'page' }).load)).rejects.toThrow('/assets/app.js');
});

test('old builds are removed, caches of others are left alone', async () => {
  const storage = memoryStorage();
  const { load } = server({ '/index.html': 'page', '/assets/app.js': 'code' });
  await install(first, storage, load);
  await install(second, storage, load);
  await storage.open('photos');
  await tidy(second, storage);
  expect((await storage.keys()).sort()).toEqual(['photos', cacheName(second)].sort());
});
