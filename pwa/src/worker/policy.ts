/** What a page asked for, as far as the worker's decision depends on it. */
export interface Asked {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
}

/** `shell`: the app's page from the cache; `cache`: this file from the cache; `network`: the worker stays out of it. */
export type Answer = 'shell' | 'cache' | 'network';

/** What the server says is never answered from a cache: a stale record would be a lie. */
const SERVER = ['/sync/', '/api/', '/blobs/'];

/** Decides for one request; `known` are the paths of the files that were installed. */
export function answerTo({ method, mode, url }: Asked, origin: string, known: ReadonlySet<string>): Answer {
  const { origin: from, pathname } = new URL(url);
  const ours = method === 'GET' && from === origin && !SERVER.some((prefix) => pathname.startsWith(prefix));
  if (!ours) return 'network';
  if (known.has(pathname)) return 'cache';
  return mode === 'navigate' && !isFile(pathname) ? 'shell' : 'network';
}

/** A path with an extension is a file of the server, such as a PDF to be opened, and no screen of ours. */
const isFile = (pathname: string) => /\.[a-z0-9]+$/i.test(pathname);
