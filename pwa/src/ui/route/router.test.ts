import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRouter, type Router } from './router.ts';
import { makeRoutes } from './routes.ts';

const table = { today: '/', outbox: '/outbox', job: '/job/:id' } as const;
const routes = makeRoutes(table);
const first = { name: 'today', params: {} } as const;

/** A window with a history of its own, which acts at once where a browser takes a moment. */
function makePage(hash = '') {
  let entries: { hash: string; state: unknown }[] = [{ hash, state: null }];
  let at = 0;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const page = {
    location: {
      get hash() {
        return entries[at]?.hash ?? '';
      },
      set hash(next: string) {
        entries = [...entries.slice(0, at + 1), { hash: next, state: null }];
        at += 1;
        tell();
      },
    },
    history: {
      get state() {
        return entries[at]?.state;
      },
      replaceState: (state: unknown, _title: string, href?: string) => {
        entries[at] = { hash: href ?? page.location.hash, state };
      },
      back: () => {
        at = Math.max(0, at - 1);
        tell();
      },
    },
    addEventListener: (_type: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_type: string, listener: () => void) => listeners.delete(listener),
    entries: () => entries.map((entry) => entry.hash),
  };
  return page;
}

let page: ReturnType<typeof makePage>;
let router: Router<typeof table>;
const open = (hash?: string) => {
  page = makePage(hash);
  router = makeRouter(routes, first, page as unknown as Window);
};

beforeEach(() => open());
afterEach(() => router.stop());

test('the screen follows the address', () => {
  router.go(routes.href('job', { id: '01jd' }));
  expect(router.current.get()).toEqual({ name: 'job', params: { id: '01jd' } });
});

test('the back button of the device leads through the screens', () => {
  router.go(routes.href('outbox'));
  router.go(routes.href('job', { id: '01jd' }));
  page.history.back();
  expect(router.current.get().name).toBe('outbox');
  page.history.back();
  expect(router.current.get().name).toBe('today');
});

test('back inside the app is the same step as the back button, and adds nothing to the history', () => {
  router.go(routes.href('job', { id: '01jd' }));
  router.back(routes.href('today'));
  expect(router.current.get().name).toBe('today');
  router.go(routes.href('outbox'));
  expect(page.entries()).toEqual(['', '#/outbox']);
});

test('back from a deep link goes to the parent, never out of the app', () => {
  open('#/job/01jd');
  router.back(routes.href('today'));
  expect(router.current.get().name).toBe('today');
  expect(page.entries()).toEqual(['#/']);
});

test('a screen that was replaced is not returned to', () => {
  router.go(routes.href('job', { id: '01jd' }));
  router.replace(routes.href('outbox'));
  page.history.back();
  expect(router.current.get().name).toBe('today');
});

test('an unknown address shows the first screen', () => {
  open('#/nowhere');
  expect(router.current.get()).toEqual(first);
});
