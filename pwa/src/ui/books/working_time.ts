import {
  adminSpan,
  lacksNote,
  minutesOf,
  overlapMinutes,
  overlappedMinutes,
  type TimeSpan,
  visitSpan,
} from '../../rules/working_time.ts';
import type { Doc, Edit } from '../../store/index.ts';
import type { AdminTime } from '../../wire/kinds.ts';
import type { AdminWork } from '../../wire/vocabulary.ts';
import type { Books } from './books.ts';
import { callerName } from './erased.ts';

/** One line of somebody's general work as lists show it (1-1(4), F006); instants in epoch milliseconds. */
export interface TimeLine {
  readonly id: string;
  readonly doc: Doc<'admin_time'>;
  readonly user: string;
  /** Other work where nobody says which. */
  readonly work: AdminWork;
  readonly note: string;
  readonly from: number;
  /** Undefined while it runs. */
  readonly until: number | undefined;
  readonly minutes: number;
  /** What he did at the same time, the longest first. */
  readonly overlaps: readonly Overlap[];
  /** Minutes that others cover, however many of them do. */
  readonly overlapped: number;
  readonly lacksNote: boolean;
  /** Not yet at the office. */
  readonly unsent: boolean;
}

/** What else somebody did during a line: other general work, or a customer. */
export interface Overlap {
  readonly work: AdminWork | undefined;
  readonly customer: string;
  readonly minutes: number;
}

interface Stretch {
  readonly id: string;
  readonly span: TimeSpan;
  readonly work: AdminWork | undefined;
  readonly customer: () => string;
}

/** The lines of one person that are wanted, in the order in which they began. */
export function timeLines(
  books: Books,
  user: string,
  now: number,
  wanted: (time: AdminTime) => boolean,
): readonly TimeLine[] {
  const docs = books.admin_time.where('user', user).filter(({ fields }) => fields.started_at != null && wanted(fields));
  if (docs.length === 0) return [];
  const stretches = stretchesOf(books, user, now);
  return docs
    .map((doc) => lineOf(doc, user, now, stretches))
    .sort((one, other) => one.from - other.from || (one.id < other.id ? -1 : 1));
}

/** Everything that a person did: general work and visits. */
function stretchesOf(books: Books, user: string, now: number): readonly Stretch[] {
  const times = books.admin_time.where('user', user).flatMap(({ id, fields }): Stretch[] => {
    const span = adminSpan(fields, now);
    return span ? [{ id, span, work: fields.work ?? 'other', customer: () => '' }] : [];
  });
  const visits = books.service_visit.where('technician', user).flatMap(({ id, fields }): Stretch[] => {
    const span = visitSpan(fields, now);
    return span ? [{ id, span, work: undefined, customer: () => whoIs(books, fields.call) }] : [];
  });
  return [...times, ...visits];
}

function lineOf(doc: Doc<'admin_time'>, user: string, now: number, stretches: readonly Stretch[]): TimeLine {
  const { fields } = doc;
  const from = fields.started_at ?? now;
  const span = adminSpan({ ...fields, started_at: from }, now) ?? { since: 0, until: 0 };
  const others = stretches.filter((each) => each.id !== doc.id && overlapMinutes(span, each.span) > 0);
  return {
    id: doc.id,
    doc,
    user,
    work: fields.work ?? 'other',
    note: fields.note ?? '',
    from,
    until: fields.ended_at ?? undefined,
    minutes: minutesOf(span),
    overlaps: others
      .map(({ span: other, work, customer }) => ({ work, customer: customer(), minutes: overlapMinutes(span, other) }))
      .sort((one, other) => other.minutes - one.minutes),
    overlapped: overlappedMinutes(
      span,
      others.map((other) => other.span),
    ),
    lacksNote: lacksNote(fields),
    unsent: doc.unsent > 0,
  };
}

function whoIs(books: Books, id: string | null | undefined): string {
  const call = books.service_call.get(id);
  return callerName(books.customer.get(call?.fields.customer), call);
}

/** Lines of a person that nobody has ended. */
export function runningTimes(books: Books, user: string): readonly Doc<'admin_time'>[] {
  return books.admin_time
    .where('user', user)
    .filter(({ fields }) => fields.started_at != null && fields.ended_at == null);
}

/** The general work that somebody is at; undefined where he is at none. */
export function presentWork(books: Books, user: string): AdminWork | undefined {
  const running = runningTimes(books, user).at(-1);
  return running && (running.fields.work ?? 'other');
}

/** A line that begins, or one that is written down afterwards. */
export function newTime(id: string, fields: AdminTime): Edit {
  return { kind: 'admin_time', id, fields };
}

/** Changes a line in knowledge of what stood there. */
export function changedTime({ id, seen }: Pick<Doc<'admin_time'>, 'id' | 'seen'>, fields: AdminTime): Edit {
  return { kind: 'admin_time', id, seen, fields };
}

/** Ends every line of a person that runs: nobody does two things at once. */
export function endedTimes(running: readonly Doc<'admin_time'>[], at: number): readonly Edit[] {
  return running.map((doc) => changedTime(doc, { ended_at: Math.max(at, doc.fields.started_at ?? at) }));
}
