import type { Absence } from '../books/absences.ts';
import type { Books } from '../books/books.ts';
import { isBygone } from '../books/bygone.ts';
import { calendarIn } from '../books/limits.ts';
import { Deed } from '../parts/deed.svelte.ts';
import type { board as texts } from '../text/board.ts';
import { dayBegins, instantOf, sameDay } from '../text/when.ts';
import { type Block, drawn, type Lane, lanesOf, type Placed } from './board.ts';
import { BoardActs, type Done } from './board_acts.ts';
import { type Frame, frameOf, HOUR_MS, JOB_MS, overlaps, STEP_MS, snapped } from './board_hours.ts';
import { type Case, caseOf, waits } from './cases.ts';
import { type Contacts, isNever } from './contacts.ts';
import { DESK, type Desk, hasRole } from './desk.ts';
import { type Proposal, proposalOf, type Slot } from './proposals.ts';
import { dateOf } from './reconciliation.ts';
import { type Filter, filterCounts, registerRows, sectionsOf } from './register.ts';
import { type Fit, fitOf, type Suggestion, suggestionsFor } from './suggestion.ts';

interface Given {
  readonly desk: Desk;
  readonly books: () => Books;
  /** Id of the call in the address. */
  readonly chosen: () => string | undefined;
  /** The present, to the minute: nothing of the board changes within one but what people do. */
  readonly minute: () => number;
  /** When each phone was last in touch. */
  readonly contacts: () => Contacts;
  readonly words: () => ReturnType<typeof texts.get>;
}

/** The board as somebody works at it: the day, the call that he has chosen, and where he is about to place it. */
export class Board {
  filter = $state<Exclude<Filter, 'over'>>('waiting');
  /** Id of the dispatch that is being moved. */
  moving = $state<string>();
  readonly deed = new Deed();
  readonly acts: BoardActs;
  /** What this person may do with a call that waits (F015). */
  readonly may: 'dispatch' | 'propose' | undefined;
  readonly #given: Given;
  /** The date that is shown, if it is not today's: another unit's day begins at another moment. */
  #day = $state<string>();
  #unit = $state<string>();
  /** A slot that somebody has chosen himself, and for what. */
  #chosen = $state.raw<{ readonly of: string; readonly slot: Slot }>();

  constructor(given: Given) {
    this.#given = given;
    this.acts = new BoardActs(given.desk, given.books, given.words);
    if (hasRole(given.desk.me, 'service_manager')) this.may = 'dispatch';
    else if (hasRole(given.desk.me, ...DESK)) this.may = 'propose';
  }

  readonly now = $derived.by(() => this.#given.minute());
  readonly #books = $derived.by(() => this.#given.books());
  readonly unit = $derived.by(() => this.#unit ?? this.#unitOfChosen ?? this.#given.desk.me.unit);
  readonly day = $derived.by(() => instantOf(`${this.#day}T00:00`) ?? dayBegins(this.now));
  readonly isToday = $derived(sameDay(this.day, this.now));
  readonly isPast = $derived(this.day < dayBegins(this.now));

  readonly #rows = $derived.by(() =>
    registerRows(this.#books, this.now).filter(({ id }) => this.#books.service_call.get(id)?.fields.unit === this.unit),
  );
  readonly counts = $derived(filterCounts(this.#rows));
  readonly sections = $derived(sectionsOf(this.#rows, this.filter));
  readonly #listed = $derived([...this.sections.values()].flat().map(({ id }) => id));

  readonly one = $derived.by((): Case | undefined => {
    const call = this.#books.service_call.get(this.#given.chosen() ?? this.#listed[0]);
    return call && caseOf(this.#books, call);
  });
  readonly proposal = $derived.by((): Proposal | undefined => this.one && proposalOf(this.#books, this.one));

  readonly lanes = $derived.by((): readonly Lane[] =>
    lanesOf(this.#books, { unit: this.unit, day: this.day, now: this.now }),
  );
  readonly frame = $derived.by((): Frame => {
    const blocks = this.lanes.flatMap((lane) => lane.blocks).filter(({ leftOver }) => !leftOver);
    return frameOf(calendarIn(this.#books, this.unit), this.day, blocks.map(drawn));
  });

  readonly job = $derived.by((): Placed | undefined => this.blockOf(this.moving));
  readonly #unheard = $derived.by(
    () => new Set(this.lanes.map(({ id }) => id).filter((id) => isNever(this.#books, this.#given.contacts(), id))),
  );
  readonly suggestions = $derived.by((): readonly Suggestion[] => {
    const open = this.one && waits(this.one) && !this.isPast;
    return open && this.one ? suggestionsFor(this.lanes, this.frame, this.one.call, this.now, this.#unheard) : [];
  });
  /** Where what is chosen would be placed now. */
  readonly slot = $derived.by((): Slot | undefined => {
    if (this.#chosen && this.#chosen.of === this.#placing) return this.#chosen.slot;
    if (this.job) return { technician: this.job.technician, at: this.job.plannedAt };
    return this.may && this.one && waits(this.one) ? (this.#proposed ?? this.suggestions[0]) : undefined;
  });
  readonly fit = $derived.by((): Fit => {
    const lane = this.lanes.find(({ id }) => id === this.slot?.technician);
    return lane && this.slot ? fitOf(lane, this.frame, this.slot.at, this.#placing) : 'free';
  });

  /** Whether what is chosen would be placed at a time that is over; a job that is only handed on keeps its own. */
  readonly isBygone = $derived(
    this.slot !== undefined && this.slot.at !== this.job?.plannedAt && isBygone(this.slot.at, this.now),
  );

  /** Why whoever would be sent is not there then. */
  readonly away = $derived.by((): Absence | undefined => {
    const { slot } = this;
    const lane = this.lanes.find(({ id }) => id === slot?.technician);
    return slot && lane?.away.find(({ from, until }) => overlaps([from, until], [slot.at, slot.at + JOB_MS]));
  });

  /** What is placed: the job that is moved, else the chosen call. */
  get #placing(): string | undefined {
    return this.job?.id ?? this.one?.id;
  }

  /** The desk's proposal, of somebody who can be sent. */
  get #proposed(): Slot | undefined {
    return this.lanes.some(({ id, able }) => able && id === this.proposal?.technician) ? this.proposal : undefined;
  }

  get #unitOfChosen(): string | undefined {
    return this.#books.service_call.get(this.#given.chosen())?.fields.unit ?? undefined;
  }

  blockOf(dispatch: string | undefined): Placed | undefined {
    if (dispatch === undefined) return undefined;
    return this.lanes.flatMap(({ blocks }) => blocks).find(({ id }) => id === dispatch);
  }

  /** Whether this person may move a job: until its technician has arrived. */
  canMove({ state }: Block): boolean {
    return this.may === 'dispatch' && (state === 'planned' || state === 'en_route');
  }

  /** The job of the chosen call that can be moved, if there is one in what is shown. */
  readonly movable = $derived.by((): Placed | undefined =>
    this.lanes.flatMap(({ blocks }) => blocks).find((block) => block.call === this.one?.id && this.canMove(block)),
  );

  goToDay(step: -1 | 1): void {
    this.leave();
    const next = dayBegins(this.day + (step > 0 ? 36 : -12) * HOUR_MS);
    this.#day = sameDay(next, this.now) ? undefined : dateOf(next);
  }

  goToToday(): void {
    this.leave();
    this.#day = undefined;
  }

  goToUnit(unit: string): void {
    this.leave();
    this.#unit = unit;
  }

  /** Begins to move a job. */
  beginMove(block: Block): void {
    if (!this.canMove(block)) return;
    this.leave();
    this.moving = block.id;
  }

  /** Places nothing after all. */
  leave(): void {
    this.moving = undefined;
    this.#chosen = undefined;
  }

  choose(slot: Slot): void {
    if (this.#placing) this.#chosen = { of: this.#placing, slot };
  }

  /** A quarter of an hour earlier or later. */
  shift(steps: number): void {
    if (this.slot) this.choose({ ...this.slot, at: snapped(this.frame, this.slot.at + steps * STEP_MS) });
  }

  /** The next who could go, at the time from which he can; a job that is moved keeps its time. */
  change(steps: number): void {
    const slot = this.slot;
    if (!slot) return;
    const able = this.lanes.filter(({ able }) => able).map(({ id }) => ({ technician: id, at: slot.at }));
    const people: readonly Slot[] = this.job ? able : this.suggestions;
    const at = people.findIndex(({ technician }) => technician === slot.technician) + steps;
    const next = people[(at + people.length) % people.length];
    if (next) this.choose({ technician: next.technician, at: next.at });
  }

  /** Sends, proposes or moves what is chosen; undefined where nothing was done. */
  async place(): Promise<Done | undefined> {
    const { slot, job, one } = this;
    if (this.isBygone) return undefined;
    if (job && slot) return this.#do(() => this.acts.move(job, slot, this.now));
    if (!slot || !one || !waits(one)) return undefined;
    return this.#do(() =>
      this.may === 'dispatch' ? this.acts.send(one.call, slot, this.now) : this.acts.propose(one, slot, this.now),
    );
  }

  async takeProposalBack(): Promise<Done | undefined> {
    const { one } = this;
    return one && this.#do(() => this.acts.propose(one, undefined, this.now));
  }

  async #do(act: () => Promise<Done>): Promise<Done | undefined> {
    let done: Done | undefined;
    await this.deed.run(async () => {
      done = await act();
    });
    if (done) this.leave();
    return done;
  }

  /** The call below the chosen one in the list, else the one above. */
  get next(): string | undefined {
    const at = this.#listed.indexOf(this.one?.id ?? '');
    return at < 0 ? undefined : (this.#listed[at + 1] ?? this.#listed[at - 1]);
  }
}
