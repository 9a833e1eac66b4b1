import { putRight } from '../../rules/arrival.ts';
import { adminSpan, minutesOf } from '../../rules/working_time.ts';
import type { Doc, Edit } from '../../store/index.ts';
import type { AdminTime } from '../../wire/kinds.ts';
import type { AdminWork } from '../../wire/vocabulary.ts';
import { changedTime, endedTimes, newTime, runningTimes } from '../books/working_time.ts';
import { Deed } from '../parts/deed.svelte.ts';
import type { DeedName } from '../text/outbox.ts';
import { spans, spanWords } from '../text/span.ts';
import { adminWorks } from '../text/vocabulary.ts';
import { workingTime as text } from '../text/working_time.ts';
import { type Kit, TIMES } from './kit.ts';

type Time = Doc<'admin_time'>;

/** Now by the clock that is right: a phone's own may be off (F024). */
function rightNow({ ambient, client }: Pick<Kit, 'ambient' | 'client'>): number {
  return putRight(ambient.now(), client.status.get().clockOffsetMs);
}

/** What a technician does with the lines of his own general work (1-1(4), F006). */
export class Timekeeping extends Deed {
  readonly #kit: Kit;

  constructor(kit: Kit) {
    super();
    this.#kit = kit;
  }

  /** Begins a line now; whatever ran until now ends with it. */
  async start(work: AdminWork, note: string): Promise<boolean> {
    const at = rightNow(this.#kit);
    const { running, edits } = endingOf(this.#kit, at);
    const began = this.#fresh({ work, started_at: at, ...(note ? { note } : {}) });
    if (!(await this.#capture([...edits, began], 'time.start', work))) return false;
    if (running[0]) this.#kit.tell(text.get().endedForNext(endedWords(running[0], at)), undoOf(this, running));
    return true;
  }

  async end(time: Time): Promise<void> {
    const at = rightNow(this.#kit);
    if (!(await this.#capture(endedTimes([time], at), 'time.end', time.fields.work))) return;
    this.#kit.tell(text.get().ended(endedWords(time, at)), undoOf(this, [time]));
  }

  /** Writes down afterwards what he did. */
  add(fields: AdminTime): Promise<boolean> {
    return this.#capture([this.#fresh(fields)], 'time.add', fields.work);
  }

  /** Changes a line, in knowledge of what stood there when he began. */
  change(time: Time, fields: AdminTime): Promise<boolean> {
    return this.#capture([changedTime(time, fields)], 'time.change', fields.work ?? time.fields.work);
  }

  async remove(time: Time): Promise<boolean> {
    const removed = await this.change(time, { deleted: true });
    if (removed) this.#kit.tell(text.get().removed, () => void this.change(time, { deleted: null }));
    return removed;
  }

  #fresh(fields: AdminTime): Edit {
    const me = this.#kit.client.session.me.get();
    return newTime(this.#kit.ambient.id(), { unit: me?.unit ?? null, user: me?.user ?? null, ...fields });
  }

  #capture(edits: readonly Edit[], what: DeedName, work: AdminWork | null | undefined): Promise<boolean> {
    const label = { about: TIMES, what, who: adminWorks.get()[work ?? 'other'] };
    return this.run(() => this.#kit.store.capture(edits, label));
  }
}

/** General work that ends with setting out to a customer, or with being there. */
export interface Ended {
  /** To be captured with it. */
  readonly edits: readonly Edit[];
  /** Says so besides what is said of the job. */
  readonly told: (said: string) => string;
  /** What lets it run on, where nothing else was begun or changed meanwhile. */
  readonly again: () => readonly Edit[];
}

export function endedFor(kit: Kit): Ended {
  const at = rightNow(kit);
  const { running, edits } = endingOf(kit, at);
  const [first] = running;
  return {
    edits,
    told: (said) => (first ? text.get().endedForJob({ said, ...endedWords(first, at) }) : said),
    again: () => runningAgain(kit, edits),
  };
}

function runningAgain(kit: Kit, ended: readonly Edit[]): readonly Edit[] {
  const [books, me] = [kit.books.get(), kit.client.session.me.get()];
  if (!books || !me || runningTimes(books, me.user).length > 0) return [];
  return ended.flatMap(({ id }) => {
    const time = books.admin_time.get(id);
    return time ? [changedTime(time, { ended_at: null })] : [];
  });
}

/** What ends every line of his that runs. */
function endingOf(kit: Kit, at: number): { readonly running: readonly Time[]; readonly edits: readonly Edit[] } {
  const [books, me] = [kit.books.get(), kit.client.session.me.get()];
  const running = books && me ? runningTimes(books, me.user) : [];
  return { running, edits: endedTimes(running, at) };
}

/** What was ended, and how long it had been. */
function endedWords(time: Time, at: number) {
  const span = adminSpan({ ...time.fields, ended_at: at }, at);
  const minutes = span ? minutesOf(span) : 0;
  return { work: adminWorks.get()[time.fields.work ?? 'other'], span: spanWords(spans.get(), minutes, Infinity) };
}

/** Lets lines run on that were ended too early. */
function undoOf(keeping: Timekeeping, times: readonly Time[]): () => void {
  return () => {
    for (const time of times) void keeping.change(time, { ended_at: null });
  };
}
