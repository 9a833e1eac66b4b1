import type { Drafts } from '../../../store/index.ts';

const KEY = 'today';

/** Which jobs this phone knows as the technician's, kept until he has seen what became of them. */
export class ShownJobs {
  ids = $state.raw<ReadonlySet<string>>();
  readonly #drafts: Drafts;

  constructor(drafts: Drafts) {
    this.#drafts = drafts;
    void drafts.read<readonly string[]>(KEY).then((kept) => {
      this.ids = new Set(kept?.input ?? []);
    });
  }

  /** These are his, and no others: whoever takes one away must say so. */
  show(jobs: readonly string[]): void {
    const same = this.ids?.size === jobs.length && jobs.every((job) => this.ids?.has(job));
    if (!same) this.#keep(jobs);
  }

  /** The technician has seen that it was taken away; it is gone once that is kept, and not again after a restart. */
  seen(job: string): void {
    const others = () => [...(this.ids ?? [])].filter((id) => id !== job);
    void this.#drafts.keep(KEY, { seen: null, input: others() }).then(() => {
      this.ids = new Set(others());
    });
  }

  #keep(ids: Iterable<string>): void {
    this.ids = new Set(ids);
    void this.#drafts.keep(KEY, { seen: null, input: [...this.ids] });
  }
}
