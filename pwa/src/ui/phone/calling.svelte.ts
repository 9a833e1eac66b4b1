import { putRight } from '../../rules/arrival.ts';
import { Deed } from '../parts/deed.svelte.ts';
import { contact as text } from '../text/undone.ts';
import type { Kit } from './kit.ts';
import { type Answer, forgetContact, logContact } from './views/deeds.ts';
import type { Errand } from './views/errand.ts';

/** After that long nobody remembers what came of a call. */
const REMEMBERED_MS = 30 * 60_000;

/** A telephone call to the customer, from the tap on his number until what came of it is noted, or is not. */
export class Calling extends Deed {
  /** Whether somebody is asked what came of it. */
  asks = $state(false);
  readonly #kit: Kit;
  readonly #key: string;

  constructor(kit: Kit, id: string) {
    super();
    this.#kit = kit;
    this.#key = `called:${id}`;
    void this.#resume();
  }

  /** The telephone opens; the phone may end this app meanwhile. */
  begin(): void {
    this.asks = true;
    void this.#kit.store.drafts.keep(this.#key, { seen: null, input: this.#kit.ambient.now() }).catch(() => {});
  }

  async answer(errand: Errand, answer: Answer): Promise<void> {
    const { ambient, client, store } = this.#kit;
    const at = putRight(ambient.now(), client.status.get().clockOffsetMs);
    const user = client.session.me.get()?.user ?? '';
    const id = ambient.id();
    const { edits, label } = logContact(errand, id, at, user, answer);
    if (!(await this.run(() => store.capture(edits, label, { draft: this.#key })))) return;
    this.asks = false;
    this.#kit.tell(text.get().saved, () => void this.#takeBack(errand, id));
  }

  /** That was the wrong tap. */
  async #takeBack(errand: Errand, id: string): Promise<void> {
    const { edits, label } = forgetContact(errand, id);
    if (await this.run(() => this.#kit.store.capture(edits, label))) this.asks = true;
  }

  /** Nothing is noted. */
  skip(): void {
    this.asks = false;
    void this.#kit.store.drafts.drop(this.#key).catch(() => {});
  }

  async #resume(): Promise<void> {
    const called = await this.#kit.store.drafts.read<number>(this.#key);
    if (called && this.#kit.ambient.now() - called.input < REMEMBERED_MS) this.asks = true;
  }
}
