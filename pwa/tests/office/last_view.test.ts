import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixtureStore } from '../../src/store/fixture.ts';
import { keepView } from '../../src/ui/office/last_view.ts';
import { FIRST, type OfficePaths, routes } from '../../src/ui/office/routes.ts';
import { makeRouter, type Router } from '../../src/ui/route/router.ts';

const store = fixtureStore([], 0);
let router: Router<OfficePaths>;
let stop = () => {};

async function start(hash: string, last: 'register' | 'board') {
  location.hash = hash;
  await store.drafts.keep('office:view', { seen: null, input: last });
  router = makeRouter(routes, FIRST, window);
  const kept = keepView(store, router);
  stop = kept.stop;
  await vi.advanceTimersByTimeAsync(10);
  return kept.view;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  stop();
  router.stop();
  vi.useRealTimers();
});

test('the office opens with the view that was used last', async () => {
  expect((await start('', 'board')).get()).toBe('board');
  expect(router.current.get().name).toBe('board');
});

test('whoever asks for a page gets it', async () => {
  expect((await start('#/call/x', 'board')).get()).toBe('register');
  expect(router.current.get().name).toBe('call');
});

test('other pages change nothing of it, the other view does', async () => {
  const view = await start('#/vouchers', 'board');
  expect(view.get()).toBe('board');
  router.replace(routes.href('register'));
  expect(view.get()).toBe('register');
  expect((await store.drafts.read('office:view'))?.input).toBe('register');
});
