import { visitInstant } from '../../rules/arrival.ts';
import type { Doc } from '../../store/index.ts';
import type { VisitOutcome } from '../../wire/vocabulary.ts';
import { type Attempt, attemptsOf } from '../books/attempts.ts';
import type { Books } from '../books/books.ts';
import type { Entry } from '../books/entries.ts';
import type { Case } from './cases.ts';
import { personName } from './names.ts';

/** What can happen to a call, in the words of its course. */
export type StepWhat =
  | 'logged'
  | 'dispatched'
  | 'cancelled'
  | 'en_route'
  | 'arrived'
  | 'finished'
  | 'amended'
  | 'withdrawn'
  | 'duplicate'
  | 'contacted'
  | 'closed';

/** One thing that happened to a call. */
export interface Step {
  readonly id: string;
  readonly at: number;
  readonly what: StepWhat;
  /** Who did it. */
  readonly who: string;
  /** Of a dispatch: who was sent, and when he is expected. */
  readonly to?: { readonly name: string; readonly plannedAt: number };
  readonly outcome?: VisitOutcome;
  /** Of a finished visit, and of one that was amended. */
  readonly entry?: Entry;
  readonly reason?: string;
  /** Of an attempt to reach the customer. */
  readonly attempt?: Attempt;
}

/** Everything that happened to a call, oldest first. */
export function courseOf(books: Books, { call, dispatches, entries }: Case): readonly Step[] {
  const steps = [
    ...ofCall(books, call),
    ...dispatches.flatMap((dispatch) => ofDispatch(books, dispatch)),
    ...entries.flatMap((entry) => ofEntry(books, entry)),
    ...attemptsOf(books, call).map(ofAttempt),
  ];
  return steps.filter(({ at }) => at > 0).sort((one, other) => one.at - other.at);
}

function ofCall(books: Books, { id, fields }: Doc<'service_call'>): Step[] {
  const withdrawnBy = personName(books, fields.withdrawn_by);
  const reason = fields.withdrawn_reason ?? '';
  return [
    { id: `${id}.logged`, at: fields.logged_at ?? 0, what: 'logged', who: personName(books, fields.logged_by) },
    {
      id: `${id}.withdrawn`,
      at: fields.withdrawn_at ?? 0,
      what: fields.duplicate_of == null ? 'withdrawn' : 'duplicate',
      who: withdrawnBy,
      reason,
    },
    { id: `${id}.closed`, at: fields.closed_at ?? 0, what: 'closed', who: personName(books, fields.closed_by) },
  ];
}

function ofAttempt(attempt: Attempt): Step {
  const { id, at, by, note } = attempt;
  return { id: `${id}.contacted`, at, what: 'contacted', who: by, reason: note, attempt };
}

function ofDispatch(books: Books, { id, fields }: Doc<'dispatch'>): Step[] {
  const to = { name: personName(books, fields.technician), plannedAt: fields.planned_at ?? 0 };
  const [by, cancelledBy] = [fields.dispatched_by, fields.cancelled_by].map((user) => personName(books, user));
  const reason = fields.cancelled_reason ?? '';
  return [
    { id: `${id}.dispatched`, at: fields.dispatched_at ?? 0, what: 'dispatched', who: by ?? '', to },
    { id: `${id}.cancelled`, at: fields.cancelled_at ?? 0, what: 'cancelled', who: cancelledBy ?? '', to, reason },
  ];
}

function ofEntry(books: Books, entry: Entry): Step[] {
  const { id, fields } = entry.visit;
  const who = personName(books, fields.technician);
  const at = (of: Parameters<typeof visitInstant>[1]) => visitInstant(fields, of) ?? 0;
  const outcome = fields.outcome ? { outcome: fields.outcome } : {};
  return [
    { id: `${id}.en_route`, at: at('en_route_at'), what: 'en_route', who },
    { id: `${id}.arrived`, at: at('arrived_at'), what: 'arrived', who },
    { id: `${id}.finished`, at: at('finished_at'), what: 'finished', who, entry, ...outcome },
    {
      id: `${id}.amended`,
      at: fields.amended_at ?? 0,
      what: 'amended',
      who: personName(books, fields.amended_by),
      entry,
      reason: fields.amended_reason ?? '',
    },
  ];
}
