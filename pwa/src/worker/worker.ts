/// <reference lib="webworker" />
import type { Build } from './build.ts';
import { answerTo } from './policy.ts';
import { cacheName, install, tidy } from './shell_cache.ts';

declare const self: ServiceWorkerGlobalScope;

/** This build; `build/precache.ts` writes it here. */
const BUILD: Build = JSON.parse('__BUILD__');
const SHELL = '/index.html';
const known = new Set(BUILD.files.map(({ path }) => path));

/** From the installed build; if the browser has evicted it, from the network. */
async function installed(path: string): Promise<Response> {
  const cache = await caches.open(cacheName(BUILD));
  return (await cache.match(path)) ?? fetch(path);
}

self.addEventListener('install', (event) => {
  event.waitUntil(install(BUILD, caches, fetch));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(tidy(BUILD, caches).then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const answer = answerTo(request, self.location.origin, known);
  if (answer === 'network') return;
  event.respondWith(installed(answer === 'shell' ? SHELL : new URL(request.url).pathname));
});

/** A new build waits until the person wants it: see ui/update.ts. */
self.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(self.skipWaiting());
});
