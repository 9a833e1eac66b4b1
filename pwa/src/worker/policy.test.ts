import { expect, test } from 'vitest';
import { answerTo } from './policy.ts';

const HOME = 'https://service.example';
const known = new Set(['/index.html', '/assets/index-1a2b.js', '/manifest.webmanifest']);
const ask = (path: string, mode = 'cors', method = 'GET') =>
  answerTo({ method, mode, url: new URL(path, HOME).href }, HOME, known);

test('every screen opens without a network, whatever its address', () => {
  for (const path of ['/', '/index.html', '/#/job/01jd', '/?source=home', '/anything/else']) {
    expect(['shell', 'cache'], path).toContain(ask(path, 'navigate'));
  }
});

test('installed files come from the cache', () => {
  expect(ask('/assets/index-1a2b.js')).toBe('cache');
  expect(ask('/manifest.webmanifest?x=1')).toBe('cache');
});

test.each(['/sync/v1/push', '/sync/v1/live', '/api/calls/1/close', '/blobs/ab12'])(
  'what the server says is never answered from a cache: %s',
  (path) => {
    expect([ask(path), ask(path, 'navigate'), ask(path, 'cors', 'POST')]).toEqual(['network', 'network', 'network']);
  },
);

test('a file of another build, a PDF to be opened and another site are left to the network', () => {
  expect(ask('/assets/index-old.js')).toBe('network');
  expect(ask('/printing/voucher.pdf', 'navigate')).toBe('network');
  expect(ask('https://elsewhere.example/index.html', 'navigate')).toBe('network');
});

test('only reading is answered: a form that is sent reaches the server', () => {
  expect(ask('/', 'navigate', 'POST')).toBe('network');
});
