import { absenceAt } from '../../books/absences.ts';
import type { Books } from '../../books/books.ts';
import { arrivalOf } from '../../books/limits.ts';
import { sameDay } from '../../text/when.ts';
import { type Errand, errandOf } from './errand.ts';
import { type Gone, glanceOf, goneOf, type JobGlance } from './glance.ts';

/** What decides about the list besides the rows. */
export interface Sight {
  readonly me: string;
  readonly now: number;
  /** Jobs that this phone has shown as to be done: only they can be missed. */
  readonly shown: ReadonlySet<string>;
  readonly unsent: ReadonlyMap<string, number>;
}

/**
 * The technician's jobs: what is under way, carried over ones (1-13), the others by their time; then what was taken
 * away, then what was finished today.
 */
export function jobsOf(books: Books, sight: Sight): readonly JobGlance[] {
  const placed = errandsOf(books, sight.me).map((errand): Placed => {
    const gone = goneOf(books, errand);
    return { errand, gone, place: placeOf(errand, gone, sight) };
  });
  return PLACES.flatMap((wanted) =>
    placed
      .filter(({ place }) => place === wanted)
      .sort((one, other) => byUrgency(one.errand, other.errand))
      .map(({ errand, gone, place }) =>
        glanceOf(
          errand,
          sight.unsent.get(errand.id) ?? 0,
          place === 'gone' ? gone : undefined,
          arrivalOf(books, errand.call, sight.now),
          isAwayFor(books, errand, sight),
        ),
      ),
  );
}

/**
 * The jobs of which he would have to be told if they were taken away: what this phone shows as to be done, and what he
 * finished until the office has closed it, since a phone without a network learns of it only then.
 */
export function watchedJobs(books: Books, { me, shown }: Pick<Sight, 'me' | 'shown'>): readonly string[] {
  return errandsOf(books, me)
    .filter((errand) => (goneOf(books, errand) ? shown.has(errand.id) : errand.call.fields.closed_at == null))
    .map(({ id }) => id);
}

function errandsOf(books: Books, me: string): readonly Errand[] {
  return books.dispatch
    .where('technician', me)
    .map(({ id }) => errandOf(books, id))
    .filter((errand) => errand !== undefined);
}

/** What should have been done before, or has no time, would be done now. */
function isAwayFor(books: Books, { dispatch, state }: Errand, { me, now }: Sight): boolean {
  return state === 'planned' && absenceAt(books, me, Math.max(dispatch.fields.planned_at ?? now, now)) !== undefined;
}

interface Placed {
  readonly errand: Errand;
  readonly gone: Gone | undefined;
  readonly place: (typeof PLACES)[number] | undefined;
}

const PLACES = ['todo', 'gone', 'done'] as const;

function placeOf({ id, visit }: Errand, gone: Gone | undefined, { now, shown }: Sight): Placed['place'] {
  if (gone && shown.has(id)) return 'gone';
  const finished = visit?.fields.finished_at;
  if (finished != null) return sameDay(finished, now) ? 'done' : undefined;
  return gone ? undefined : 'todo';
}

const UNDER_WAY = { on_site: 0, en_route: 1, planned: 2, finished: 2 } as const;

function byUrgency(one: Errand, other: Errand): number {
  return (
    UNDER_WAY[one.state] - UNDER_WAY[other.state] || isNew(one) - isNew(other) || expectedAt(one) - expectedAt(other)
  );
}

const isNew = ({ dispatch }: Errand) => Number(dispatch.fields.priority !== 'carried_over');
const expectedAt = ({ dispatch, call }: Errand) => dispatch.fields.planned_at ?? call.fields.received_at ?? 0;
