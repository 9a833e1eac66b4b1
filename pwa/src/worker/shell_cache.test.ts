import { expect, test } from 'vitest';
import type { Build } from './build.ts';
import { cacheName, held, install, tidy } from './shell_cache.ts';

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

const picture = { path: '/assets/today.webp', revision: 'p1', later: true } as const;
const illustrated: Build = { id: '3', files: [app, picture] };
const contents = { '/assets/app.js': 'code', '/assets/today.webp': 'picture' };

test('what is for later is not installed; once somebody asked for it, it is there without a network', async () => {
  const storage = memoryStorage();
  const online = server(contents);
  await install(illustrated, storage, online.load);
  expect(online.asked).toEqual(['/assets/app.js']);
  expect(await (await held(illustrated, picture.path, storage, online.load)).text()).toBe('picture');
  expect(await (await held(illustrated, picture.path, storage, server({}).load)).text()).toBe('picture');
});

test('an update keeps what was kept for later, in the same revision, and fetches nothing for it', async () => {
  const storage = memoryStorage();
  await install(illustrated, storage, server(contents).load);
  await held(illustrated, picture.path, storage, server(contents).load);
  const update = server(contents);
  const next = { ...illustrated, id: '4' };
  await install(next, storage, update.load);
  expect(update.asked).toEqual([]);
  expect(await (await held(next, picture.path, storage, server({}).load)).text()).toBe('picture');
  await install({ id: '5', files: [{ ...picture, revision: 'p2' }] }, storage, update.load);
  expect(await (await storage.open(cacheName({ id: '5', files: [] }))).match(picture.path)).toBeUndefined();
});

test('a picture that does not come is kept by nobody; any other file that is gone comes from the network', async () => {
  const storage = memoryStorage();
  await expect(held(illustrated, picture.path, storage, server({}).load)).rejects.toThrow('503');
  expect(await storage.match(picture.path)).toBeUndefined();
  expect(await (await held(illustrated, app.path, storage, server(contents).load)).text()).toBe('code');
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
