import type { ReadableAtom } from 'nanostores';
import { createContext } from 'svelte';
import type { Client } from '../../net/index.ts';
import type { Ambient } from '../../platform/ambient.ts';
import type { Store } from '../../store/index.ts';
import type { Books } from '../books/books.ts';
import type { Router } from '../route/router.ts';
import { makeRoutes, type Route } from '../route/routes.ts';

/** Every screen of the phone. */
const PATHS = {
  today: '/',
  find: '/find',
  product: '/product/:id',
  customer: '/customer/:id',
  outbox: '/outbox',
  account: '/account',
  guide: '/guide',
  guideAt: '/guide/:section',
  sign_in: '/sign-in',
  job: '/job/:id',
  work: '/job/:id/work',
  undone: '/job/:id/undone',
  finish: '/job/:id/finish',
} as const;

export type PhonePaths = typeof PATHS;
export type PhoneRoute = Route<PhonePaths>;

export const routes = makeRoutes(PATHS);
export const FIRST: PhoneRoute = { name: 'today', params: {} };

/** Lines of general work are gathered under this name in the outbox: they belong to no job. */
export const TIMES = 'working-time';

/** What every screen of the phone has at hand. */
export interface Kit {
  readonly store: Store;
  readonly client: Client;
  readonly ambient: Ambient;
  readonly router: Router<PhonePaths>;
  /** Undefined until everything was read once. */
  readonly books: ReadableAtom<Books | undefined>;
  /** Now, anew every half minute. */
  readonly clock: ReadableAtom<number>;
  /** Says in one line what was done besides; `undo` takes it back. */
  readonly tell: (message: string, undo?: () => void) => void;
}

export const [getKit, setKit] = createContext<Kit>();
