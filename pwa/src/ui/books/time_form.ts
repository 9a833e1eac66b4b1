import { lacksNote } from '../../rules/working_time.ts';
import type { AdminTime } from '../../wire/kinds.ts';
import { ADMIN_WORK, type AdminWork } from '../../wire/vocabulary.ts';
import { inputMoment, instantOf } from '../text/when.ts';

/** What is typed of one line of general work, on the phone and in the office alike. */
export interface TypedTime {
  readonly work: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly note: string;
}

export type TimeFault = 'required' | 'unreadable' | 'future' | 'reversed' | 'note';

export type TimeFaults = { readonly [Field in keyof TypedTime]?: TimeFault };

/** What a form shows of a line when it opens. */
export function typedTime({ work, started_at, ended_at, note }: AdminTime): TypedTime {
  const moment = (at: number | null | undefined) => (at == null ? '' : inputMoment(at));
  return { work: work ?? '', started_at: moment(started_at), ended_at: moment(ended_at), note: note ?? '' };
}

/**
 * What stands against a line, field by field (F006); nothing for one that can be.
 *
 * One that `runs` needs no end. What overlaps is no fault: it is told beside the line.
 */
export function timeFaults(typed: TypedTime, now: number, runs: boolean): TimeFaults {
  const [from, until] = [instantOf(typed.started_at), instantOf(typed.ended_at)];
  const isReversed = from !== undefined && until !== undefined && until < from;
  const faults = {
    work: workOf(typed.work) ? undefined : 'required',
    started_at: momentFault(typed.started_at, from, now, false),
    ended_at: momentFault(typed.ended_at, until, now, runs) ?? (isReversed ? 'reversed' : undefined),
    note: lacksNote({ work: workOf(typed.work) ?? null, note: typed.note }) ? 'note' : undefined,
  };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined));
}

function momentFault(typed: string, at: number | undefined, now: number, mayLack: boolean): TimeFault | undefined {
  if (typed === '') return mayLack ? undefined : 'required';
  if (at === undefined) return 'unreadable';
  return at > now ? 'future' : undefined;
}

const workOf = (typed: string): AdminWork | undefined => ADMIN_WORK.find((each) => each === typed);

/** What was changed: a time that nobody touched keeps its seconds. */
export function changesOfTime(before: TypedTime, after: TypedTime): AdminTime {
  const read: AdminTime = {
    work: workOf(after.work) ?? null,
    started_at: instantOf(after.started_at) ?? null,
    ended_at: instantOf(after.ended_at) ?? null,
    note: after.note.trim() || null,
  };
  const changed = Object.entries(read).filter(([field]) => differs(field as keyof TypedTime, before, after));
  return Object.fromEntries(changed);
}

const differs = (field: keyof TypedTime, before: TypedTime, after: TypedTime) =>
  before[field].trim() !== after[field].trim();
