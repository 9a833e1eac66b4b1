import { arrivalInstant, visitInstant } from '../../rules/arrival.ts';
import { placeNamed } from '../../rules/places.ts';
import type { Interval } from '../../rules/service_hours.ts';
import { visitState } from '../../rules/visit_state.ts';
import type { Doc } from '../../store/index.ts';
import type { VisitState } from '../../wire/states.ts';
import type { AdminWork, Category } from '../../wire/vocabulary.ts';
import { type Absence, absencesOf } from '../books/absences.ts';
import type { Books } from '../books/books.ts';
import { callerName } from '../books/erased.ts';
import { arrivalOf, calendarIn } from '../books/limits.ts';
import { isUndone } from '../books/undone.ts';
import { presentWork } from '../books/working_time.ts';
import type { Limit } from '../parts/tone.ts';
import { dayBegins, sameDay } from '../text/when.ts';
import { frameOf, HOUR_MS, JOB_MS, overlaps } from './board_hours.ts';
import { caseOf, categoryOf, isOpen, stands } from './cases.ts';
import { personName } from './names.ts';
import { proposalOf } from './proposals.ts';
import { ableIn } from './technicians.ts';

/** One job of one technician as the board shows it. */
export interface Block {
  /** Id of its dispatch; of a proposal that of its call. */
  readonly id: string;
  readonly call: string;
  readonly technician: string;
  readonly customer: string;
  readonly town: string;
  readonly product: string;
  readonly category: Category | undefined;
  /** How far it is; nobody was sent yet where the desk only proposes it. */
  readonly state: VisitState | 'proposed';
  /** Finished, and could not be completed. */
  readonly undone: boolean;
  /** Who proposes it. */
  readonly by: string;
  readonly limit: Limit | undefined;
  /** When it is planned for. */
  readonly plannedAt: number;
  /** How long the work has lasted, of one that is under way. */
  readonly lastsMs: number;
  readonly from: number;
  readonly to: number;
  /** It was planned for an earlier day and is still open: it stands at the opening of this one. */
  readonly leftOver: boolean;
}

/** A block with the sub-row that it stands in. */
export interface Placed extends Block {
  readonly row: number;
}

/** One technician's day. */
export interface Lane {
  readonly id: string;
  readonly name: string;
  /** Can be sent; who cannot any more keeps his lane while he has a job. */
  readonly able: boolean;
  readonly jobs: number;
  readonly blocks: readonly Placed[];
  /** The general work that he is at now. */
  readonly working: AdminWork | undefined;
  /** When he is away on that day. */
  readonly away: readonly Absence[];
  /** How many sub-rows it takes to show every block. */
  readonly rows: number;
}

/** The day that a board shows, and the present. */
export interface BoardDay {
  readonly unit: string;
  readonly day: number;
  readonly now: number;
}

/** Everybody of a unit who can be sent or has a job on the day, by name, with what he does and what is proposed. */
export function lanesOf(books: Books, shown: BoardDay): readonly Lane[] {
  const able = new Set(ableIn(books, shown.unit));
  const blocks = Map.groupBy([...blocksOf(books, shown), ...proposalsOf(books, shown)], (block) => block.technician);
  const busy = [...blocks.values()].flat().filter(({ state }) => state !== 'proposed');
  const people = new Set([...able, ...busy.map(({ technician }) => technician)]);
  return [...people]
    .map((id) => ({
      ...laneOf(id, personName(books, id), able.has(id), blocks.get(id) ?? []),
      working: sameDay(shown.day, shown.now) ? presentWork(books, id) : undefined,
      away: awayOn(books, id, shown),
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'zh-Hant') || (one.id < other.id ? -1 : 1));
}

function awayOn(books: Books, user: string, { day }: BoardDay): readonly Absence[] {
  const begins = dayBegins(day);
  return absencesOf(books, user).filter(({ from, until }) =>
    overlaps([from, until], [begins, dayBegins(begins + 36 * HOUR_MS)]),
  );
}

function laneOf(id: string, name: string, able: boolean, blocks: readonly Block[]): Omit<Lane, 'away' | 'working'> {
  const placed = inRows(blocks);
  const jobs = blocks.filter(({ state }) => state !== 'proposed').length;
  return { id, name, able, jobs, blocks: placed, rows: Math.max(1, ...placed.map(({ row }) => row + 1)) };
}

function blocksOf(books: Books, shown: BoardDay): readonly Block[] {
  return books.dispatch.where('unit', shown.unit).flatMap((dispatch) => {
    const call = books.service_call.get(dispatch.fields.call);
    return call && stands(dispatch) && isShown(books, dispatch, call, shown)
      ? [blockOf(books, dispatch, call, shown)]
      : [];
  });
}

/** What was planned or done on the day, and on today's board whatever of earlier days is still to be done. */
function isShown(books: Books, dispatch: Doc<'dispatch'>, call: Doc<'service_call'>, { day, now }: BoardDay): boolean {
  const at = beginOf(books, dispatch);
  const finished = books.service_visit.get(dispatch.id)?.fields.finished_at != null;
  if (!(finished || isOpen(call))) return false;
  return sameDay(at, day) || (!finished && sameDay(day, now) && at < dayBegins(day));
}

function beginOf(books: Books, { id, fields }: Doc<'dispatch'>): number {
  return arrivalInstant(books.service_visit.get(id)?.fields ?? {}) ?? fields.planned_at ?? 0;
}

function blockOf(books: Books, dispatch: Doc<'dispatch'>, call: Doc<'service_call'>, shown: BoardDay): Block {
  const visit = books.service_visit.get(dispatch.id)?.fields ?? {};
  const [begins, plannedAt] = [beginOf(books, dispatch), dispatch.fields.planned_at ?? 0];
  const leftOver = begins < dayBegins(shown.day);
  const from = leftOver ? openingOf(books, shown) : begins;
  const ends = endOf(visit, plannedAt, shown.now);
  return {
    ...faceOf(books, call, shown.now),
    id: dispatch.id,
    technician: dispatch.fields.technician ?? '',
    state: visitState(visit),
    undone: isUndone(visit),
    by: '',
    plannedAt,
    lastsMs: Math.max(0, shown.now - begins),
    from,
    to: Math.max(ends, leftOver ? from + JOB_MS : from),
    leftOver,
  };
}

/** What of a call stands on its block. */
function faceOf(books: Books, call: Doc<'service_call'>, now: number) {
  return {
    call: call.id,
    customer: callerName(books.customer.get(call.fields.customer), call, 'short'),
    town: townOf(call.fields.district),
    product: books.asset.get(call.fields.asset)?.fields.product ?? '',
    category: categoryOf(books, call),
    limit: arrivalOf(books, call, now)?.limit,
  };
}

function openingOf(books: Books, { unit, day }: BoardDay): number {
  return frameOf(calendarIn(books, unit), day).from;
}

/** A job lasts until it is finished, while it is under way at least until now, and as planned as long as it is to come. */
function endOf(visit: Doc<'service_visit'>['fields'], plannedAt: number, now: number): number {
  const finishedAt = visitInstant(visit, 'finished_at');
  if (finishedAt !== null) return finishedAt;
  return visit.arrived_at == null ? plannedAt + JOB_MS : Math.max(now, plannedAt + JOB_MS);
}

function proposalsOf(books: Books, { unit, day, now }: BoardDay): readonly Block[] {
  const proposed = books.service_call
    .where('unit', unit)
    .filter((call) => call.fields.proposed_technician != null && sameDay(call.fields.proposed_for ?? 0, day));
  return proposed.flatMap((call) => {
    const proposal = proposalOf(books, caseOf(books, call));
    if (!proposal) return [];
    const { technician, at, by } = proposal;
    const when = { plannedAt: at, lastsMs: 0, from: at, to: at + JOB_MS, leftOver: false };
    return [
      { ...faceOf(books, call, now), id: call.id, technician, state: 'proposed' as const, undone: false, by, ...when },
    ];
  });
}

/** How wide a block stands at least, in time: its three lines need the room. */
export function drawn({ from, to }: Pick<Block, 'from' | 'to'>): Interval {
  return [from, Math.max(to, from + HOUR_MS)];
}

/** Each block in the first sub-row in which it hides no other. */
export function inRows(blocks: readonly Block[]): readonly Placed[] {
  const ends: number[] = [];
  return blocks
    .toSorted((one, other) => one.from - other.from || (one.id < other.id ? -1 : 1))
    .map((block) => {
      const [from, to] = drawn(block);
      const free = ends.findIndex((end) => end <= from);
      const row = free < 0 ? ends.length : free;
      ends[row] = to;
      return { ...block, row };
    });
}

/** 板橋 of 板橋區, also of 新北市板橋區: on the board there is no room for more. */
export function townOf(district: string | null | undefined): string {
  return placeNamed(district ?? '', '').district.replace(/(?<=..)[區鄉鎮市]$/, '');
}
