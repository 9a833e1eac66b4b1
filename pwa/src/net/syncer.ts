import type { Code } from '../wire/problems.ts';
import { backoff } from './backoff.ts';
import { PAUSE_MS } from './entrusting.ts';
import { greet } from './greeting.ts';
import { leave } from './leaving.ts';
import { type Line, type Writer, writerOf } from './line.ts';
import type { LiveLine } from './live.ts';
import { heal } from './offering.ts';
import { type Failure, failureOf } from './outcome.ts';
import { pull } from './pulling.ts';
import { push } from './pushing.ts';
import { sendBlobs } from './sending_blobs.ts';
import {
  AFTER_STEP,
  isWorking,
  type Nudge,
  type Outcome,
  type SyncState,
  WHEN_RESTING,
  type Working,
} from './states.ts';

/** Partings between two rests after which another one means that something is broken: then it waits instead. */
const MOST_PARTINGS = 8;

/** A device that rests says hello this often: the office takes one that says nothing for silent (ADR 14). */
const MOST_SILENCE_MS = 900_000;

const STEP: Readonly<Record<Working, (line: Line, writer: Writer) => Promise<Outcome>>> = {
  hello: greet,
  offering: heal,
  pushing: push,
  pulling: pull,
  blobs: sendBlobs,
  leaving: leave,
};

/** What the syncer works with besides the line. */
export interface Around {
  readonly line: Line;
  readonly live: LiveLine;
}

/** Runs the table of states.ts: steps while there is work, nudges while it rests. One tab has it at a time (SPEC V4). */
export class Syncer {
  readonly #around: Around;
  readonly #later = new Set<Nudge>();
  #state: SyncState = 'idle';
  /** Why it asked whether it was stopped: that is what a person is told if it was not. */
  #cause: Code | null = null;
  #failures = 0;
  #partings = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #greetedAt = 0;
  #stopped = false;

  constructor(around: Around) {
    this.#around = around;
  }

  /** Something happened outside; what comes while a step is under way is taken up at the next rest. */
  nudge(nudge: Nudge): void {
    if (this.#stopped) return;
    if (isWorking(this.#state)) this.#later.add(nudge);
    else this.#go(WHEN_RESTING[this.#state][nudge], null);
  }

  /** Whether something was captured that waits for the step under way. */
  get captured(): boolean {
    return this.#later.has('captured');
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#around.live.close();
  }

  #go(reached: SyncState, problem: Code | null): void {
    if (this.#stopped) return;
    const before = this.#state;
    const state = this.#takenUp(reached);
    this.#state = state;
    if (state !== before) this.#around.line.tell({ state, problem: state === reached ? problem : null });
    if (isWorking(state)) void this.#step(state);
    else if (state !== before) this.#rest(state);
  }

  /** Where what happened meanwhile leads from a rest. */
  #takenUp(reached: SyncState): SyncState {
    let state = reached;
    for (const nudge of this.#later) {
      if (isWorking(state)) break;
      this.#later.delete(nudge);
      state = WHEN_RESTING[state][nudge];
    }
    return state;
  }

  async #step(state: Working): Promise<void> {
    clearTimeout(this.#timer);
    if (state === 'pushing') this.#later.delete('captured');
    if (state === 'hello') this.#greetedAt = this.#around.line.ambient.now();
    const { outcome, problem: found } = await this.#attempt(state);
    const problem = state === 'leaving' && outcome === 'session_ended' ? this.#cause : found;
    this.#cause = problem;
    if (outcome === 'parted') this.#partings += 1;
    this.#go(AFTER_STEP[state][this.#partings > MOST_PARTINGS ? 'lost' : outcome], problem);
  }

  async #attempt(state: Working): Promise<Omit<Failure, 'defect'>> {
    const { line } = this.#around;
    const me = line.device.person.me.get();
    try {
      const writer = await writerOf(line.device);
      return { outcome: writer ? await STEP[state](line, writer) : 'session_ended', problem: null };
    } catch (error) {
      // What was under way for somebody who has signed out meanwhile may fail in any way.
      if (line.device.person.me.get() !== me) return { outcome: 'session_ended', problem: null };
      const failure = failureOf(error);
      if (failure.defect && !this.#stopped) line.report(error);
      return failure;
    }
  }

  #rest(state: SyncState): void {
    const { line, live } = this.#around;
    this.#partings = 0;
    if (state === 'waiting') this.#nudgeIn('retried', backoff(this.#failures, line.ambient.random));
    if (state === 'idle' && line.keepDue) this.#nudgeIn('poked', PAUSE_MS);
    else if (state === 'idle') this.#nudgeIn('retried', silenceLeft(line.ambient.now() - this.#greetedAt));
    this.#failures = state === 'waiting' ? this.#failures + 1 : 0;
    if (state === 'idle') live.open();
    else live.close();
    if (state === 'revoked') void this.#forget();
  }

  /** Whoever was stopped keeps what he wrote himself, and nothing that he was shown. */
  async #forget(): Promise<void> {
    const { rows, entrusted } = this.#around.line.device;
    await rows.forgetAll();
    await entrusted.forget();
  }

  #nudgeIn(nudge: Nudge, wait: number): void {
    this.#timer = setTimeout(() => this.nudge(nudge), wait);
  }
}

/** How long a device may go on resting; a clock that was set back or forth makes it no longer than the whole. */
function silenceLeft(silence: number): number {
  return silence < 0 ? MOST_SILENCE_MS : Math.max(0, MOST_SILENCE_MS - silence);
}
