import type { Books } from '../../books/books.ts';
import { sameDay } from '../../text/when.ts';
import { type Errand, errandOf, isOver } from './errand.ts';
import { glanceOf, goneTo, type JobGlance } from './glance.ts';

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
  const errands = books.dispatch
    .where('technician', sight.me)
    .map(({ id }) => errandOf(books, id))
    .filter((errand) => errand !== undefined);
  const placed = errands.map((errand) => ({ errand, place: placeOf(errand, sight) }));
  return PLACES.flatMap((wanted) =>
    placed
      .filter(({ place }) => place === wanted)
      .map(({ errand }) => errand)
      .sort(byUrgency)
      .map((errand) =>
        glanceOf(errand, sight.unsent.get(errand.id) ?? 0, wanted === 'gone' ? goneTo(books, errand) : undefined),
      ),
  );
}

const PLACES = ['todo', 'gone', 'done'] as const;

function placeOf(errand: Errand, { now, shown }: Sight): (typeof PLACES)[number] | undefined {
  const finished = errand.visit?.fields.finished_at;
  if (finished != null) return sameDay(finished, now) ? 'done' : undefined;
  if (!isOver(errand)) return 'todo';
  return shown.has(errand.id) ? 'gone' : undefined;
}

const UNDER_WAY = { on_site: 0, en_route: 1, planned: 2, finished: 2 } as const;

function byUrgency(one: Errand, other: Errand): number {
  return (
    UNDER_WAY[one.state] - UNDER_WAY[other.state] || isNew(one) - isNew(other) || expectedAt(one) - expectedAt(other)
  );
}

const isNew = ({ dispatch }: Errand) => Number(dispatch.fields.priority !== 'carried_over');
const expectedAt = ({ dispatch, call }: Errand) => dispatch.fields.planned_at ?? call.fields.received_at ?? 0;
