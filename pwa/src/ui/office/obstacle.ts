import type { Code } from '../../wire/problems.ts';
import type { Books } from '../books/books.ts';
import { type Case, obstacleOf } from './cases.ts';
import { routes } from './routes.ts';

/** What stands against closing a call as its page tells it, with the page where it is mended. */
export interface Obstacle {
  readonly what:
    | 'unfinished'
    | 'unsigned'
    | 'rival'
    | 'amended'
    | 'late'
    | 'category'
    | 'no_category'
    | 'free_with_fee'
    | 'category_reason'
    | 'unconfirmed';
  readonly href: string | undefined;
}

/** Why a call cannot be closed yet; undefined when it can. */
export function obstacleTo(books: Books, one: Case): Obstacle | undefined {
  const code = obstacleOf(books, one);
  return code === null ? undefined : (MENDED[code]?.(one) ?? { what: 'unfinished', href: undefined });
}

const MENDED: Partial<Readonly<Record<Code, (one: Case) => Obstacle>>> = {
  'call.breach_reason': () => ({ what: 'late', href: undefined }),
  'visit.category': () => ({ what: 'category', href: routes.href('inbox') }),
  'visit.no_category': (one) => ({ what: 'no_category', href: firstHref(one) }),
  'visit.free_with_fee': () => ({ what: 'free_with_fee', href: routes.href('inbox') }),
  'visit.category_reason': () => ({ what: 'category_reason', href: routes.href('inbox') }),
  'visit.unconfirmed': (one) => ({ what: 'unconfirmed', href: entryHref(one, 'unsigned') }),
  'visit.unsigned': (one) => ({ what: 'unsigned', href: entryHref(one, 'unsigned') }),
  'visit.changed_after_signing': (one) =>
    one.entries.some(({ state }) => state === 'rival')
      ? { what: 'rival', href: routes.href('inbox') }
      : { what: 'amended', href: entryHref(one, 'amended') },
};

/** The first finished entry: those without a category are not marked otherwise. */
function firstHref({ asset, entries }: Case): string | undefined {
  const entry = entries.find(({ visit }) => visit.fields.finished_at != null && visit.fields.category == null);
  return asset && entry && routes.href('entry', { id: asset.id, visit: entry.id });
}

function entryHref({ asset, entries }: Case, state: 'unsigned' | 'amended'): string | undefined {
  const entry = entries.find((each) => each.state === state && each.visit.fields.finished_at != null);
  return asset && entry && routes.href('entry', { id: asset.id, visit: entry.id });
}
