import type { Seen } from '../../store/index.ts';
import { Deed } from '../parts/deed.svelte.ts';
import type { Kit } from './kit.ts';
import { beginning, type Captured, finishUnsigned, type WorkInput, work, workOf } from './views/deeds.ts';
import type { Errand } from './views/errand.ts';
import type { Charged } from './views/fee.ts';

interface Kept {
  readonly before: WorkInput;
  readonly now: WorkInput;
}

/** The form of a visit from when it opens until it is left: every change is kept at once, and captured at the end. */
export class WorkForm extends Deed {
  now = $state.raw<WorkInput>();
  keptAt = $state<number>();
  /** The fee items that were chosen, at their amounts. */
  #items = $state.raw<Charged['items']>({});
  readonly #kit: Kit;
  readonly #key: string;
  readonly #feeKey: string;
  #before: WorkInput | undefined;
  #seen: Seen | undefined;

  constructor(kit: Kit, id: string) {
    super();
    this.#kit = kit;
    this.#key = `work:${id}`;
    this.#feeKey = `fee:${id}`;
  }

  /** Opens with what was typed here before, else with what stands there. */
  async open({ visit, booked }: Errand): Promise<void> {
    if (!visit) return;
    const draft = await this.#kit.store.drafts.read<Kept>(this.#key);
    const standing = workOf(visit.fields);
    this.#before = draft?.input.before ?? standing;
    this.#seen = draft?.seen ?? visit.seen;
    const fee = await this.#kit.store.drafts.read<Charged>(this.#feeKey);
    this.now = draft?.input.now ?? beginning(standing, booked);
    // Items of another fee than the one that stands say nothing about it.
    this.#items = fee && fee.input.total === this.now.fee_total ? fee.input.items : {};
  }

  get fee(): Charged {
    return { total: this.now?.fee_total ?? null, items: this.#items };
  }

  /** Another fee, typed or put together; its items are still known when he comes back to it. */
  charge(fee: Charged): void {
    this.#items = fee.items;
    void this.#kit.store.drafts.keep(this.#feeKey, { seen: null, input: fee }).catch((error) => this.tell(error));
    this.edit({ fee_total: fee.total });
  }

  edit(change: Partial<WorkInput>): void {
    if (!this.now || !this.#before || !this.#seen) return;
    this.now = { ...this.now, ...change };
    const [now, before, seen] = [this.now, this.#before, this.#seen];
    void this.#kit.store.drafts.keep(this.#key, { seen, input: { before, now } }).then(
      () => {
        this.keptAt = this.#kit.ambient.now();
      },
      (error) => this.tell(error),
    );
  }

  /** Captures what differs from what stood there; whether it may be left. */
  async save(errand: Errand): Promise<boolean> {
    if (!this.now || !this.#before || !this.#seen) return true;
    const captured = work(errand, this.#seen, this.#before, this.now);
    return captured ? this.#capture(captured) : true;
  }

  /** Nobody is there to sign what was not completed: it ends with that (F031). */
  finishAbsent(errand: Errand): Promise<boolean> {
    const [now, before, seen] = [this.now, this.#before, this.#seen];
    if (!now || !before || !seen) return Promise.resolve(false);
    const end = finishUnsigned(errand, this.#kit.ambient.now(), 'absent', now.undone_note ?? '');
    const written = work(errand, seen, before, now)?.edits[0]?.fields ?? {};
    const edits = end.edits.map((edit) => ({ ...edit, seen, fields: { ...written, ...edit.fields } }) as typeof edit);
    return this.#capture({ ...end, edits });
  }

  async #capture({ edits, label }: Captured): Promise<boolean> {
    const now = this.now;
    const done = await this.run(() => this.#kit.store.capture(edits, label, { draft: this.#key }));
    if (done) this.#before = now;
    return done;
  }
}
