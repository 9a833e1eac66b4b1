import { atom, type ReadableAtom } from 'nanostores';
import type { Paths, Route, Routes } from './routes.ts';

export interface Router<Table extends Paths> {
  /** The screen now shown; an unknown address shows the first screen. */
  readonly current: ReadableAtom<Route<Table>>;
  readonly go: (href: string) => void;
  /** Shows another screen in place of this one: the back button does not return here. */
  readonly replace: (href: string) => void;
  /** One step back inside the app; opened by a deep link there is none, and `parent` takes this screen's place. */
  readonly back: (parent: string) => void;
  readonly stop: () => void;
}

/** A link fires the one, the back button the other or both; following twice is harmless. */
const MOVES = ['hashchange', 'popstate'] as const;

/** Follows the window's address; every entry of its history is numbered, so that `back` never leaves the app. */
export function makeRouter<Table extends Paths>(
  routes: Routes<Table>,
  first: Route<Table>,
  page: Window,
): Router<Table> {
  const read = () => routes.match(page.location.hash) ?? first;
  const current = atom(read());
  let depth = depthOf(page.history.state) ?? 0;

  const follow = () => {
    depth = depthOf(page.history.state) ?? depth + 1;
    page.history.replaceState({ depth }, '');
    current.set(read());
  };
  const replace = (href: string) => {
    page.history.replaceState({ depth }, '', href);
    current.set(read());
  };

  page.history.replaceState({ depth }, '');
  for (const event of MOVES) page.addEventListener(event, follow);
  return {
    current,
    go: (href) => {
      page.location.hash = href;
    },
    replace,
    back: (parent) => (depth > 0 ? page.history.back() : replace(parent)),
    stop: () => {
      for (const event of MOVES) page.removeEventListener(event, follow);
    },
  };
}

function depthOf(state: unknown): number | undefined {
  const depth = (state as { depth?: unknown } | null)?.depth;
  return typeof depth === 'number' ? depth : undefined;
}
