/// <reference lib="webworker" />
import type { Build } from './build.ts';
import { answerTo } from './policy.ts';
import { held, install, tidy } from './shell_cache.ts';

declare const self: ServiceWorkerGlobalScope;

/** This build; `build/precache.ts` writes it here. */
const BUILD: Build = JSON.parse('__BUILD__');
const SHELL = '/index.html';
const known = new Set(BUILD.files.map(({ path }) => path));

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
  event.respondWith(held(BUILD, answer === 'shell' ? SHELL : new URL(request.url).pathname, caches, fetch));
});

/** A new build waits until the person wants it: see ui/update.ts. */
self.addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(self.skipWaiting());
});
