import { type Whereabouts, whereabouts } from '../../platform/whereabouts.ts';
import { Deed } from '../parts/deed.svelte.ts';
import { phone as words } from '../text/phone.ts';
import { type Kit, routes } from './kit.ts';
import type { Ended } from './timekeeping.svelte.ts';
import { arrive, type Captured, placeArrival, stay, travel } from './views/deeds.ts';
import { type Errand, errandOf } from './views/errand.ts';
import { goneOf } from './views/glance.ts';

/** What a technician does on the way to a job, from any screen that shows it. */
export class Doing extends Deed {
  readonly #kit: Kit;

  constructor(kit: Kit) {
    super();
    this.#kit = kit;
  }

  /** The next status: sets out, or arrives and begins to work. */
  async advance(id: string): Promise<void> {
    const errand = this.#errand(id);
    if (!errand || errand.state === 'finished') return;
    const arrives = errand.state === 'en_route';
    const where = arrives ? whereabouts() : undefined;
    const captured = this.#next(errand);
    if (captured && !(await this.#leave(errand, captured))) return;
    void where?.then((found) => found && this.#place(id, found));
    if (errand.state !== 'planned') this.#kit.router.go(routes.href('work', { id }));
  }

  /** Opens the way on a map, and sets out, unless he was called back: then it only shows the way. */
  async directions(id: string): Promise<void> {
    const errand = this.#errand(id);
    if (!errand) return;
    const query = new URLSearchParams({ api: '1', destination: errand.call.fields.address ?? '' });
    window.open(`https://www.google.com/maps/dir/?${query}`, '_blank', 'noopener');
    if (errand.state === 'planned' && !this.#isTakenBack(errand)) await this.advance(id);
  }

  capture({ edits, label }: Captured): Promise<boolean> {
    return this.run(() => this.#kit.store.capture(edits, label));
  }

  /** Whoever goes to a customer does nothing else: general work that runs ends with it, in one group (F006). */
  async #leave(errand: Errand, { edits, label }: Captured): Promise<boolean> {
    const ended = await this.#ended();
    const done = await this.capture({ edits: [...edits, ...(ended?.edits ?? [])], label });
    if (done) this.#say(errand, ended);
    return done;
  }

  async #ended(): Promise<Ended | undefined> {
    const [books, me] = [this.#kit.books.get(), this.#kit.client.session.me.get()];
    const running = books?.admin_time.where('user', me?.user ?? '').some(({ fields }) => fields.ended_at == null);
    return running ? (await import('./screens/times.ts')).endedFor(this.#kit) : undefined;
  }

  /** A departure can be taken back; an arrival is put right, and what the phone said of it is kept (F024). */
  #say({ id, state }: Errand, ended: Ended | undefined): void {
    const departs = state === 'planned';
    const said = departs ? words.get().departed : words.get().arrived;
    this.#kit.tell(ended?.told(said) ?? said, departs ? () => void this.#takeBack(id, ended) : undefined);
  }

  /** He has not set out: all that was kept with it is as it was before. */
  async #takeBack(id: string, ended: Ended | undefined): Promise<void> {
    const errand = this.#errand(id);
    if (errand?.state !== 'en_route') return;
    const { edits, label } = stay(errand);
    await this.capture({ edits: [...edits, ...(ended?.again() ?? [])], label });
  }

  #next(errand: Errand): Captured | undefined {
    const { ambient, client } = this.#kit;
    if (errand.state === 'planned') return travel(errand, ambient.now());
    if (errand.state === 'en_route') return arrive(errand, ambient.now(), client.status.get().clockOffsetMs);
    return undefined;
  }

  /** Nobody waits for a satellite: where he arrived follows the arrival, and its absence is no trouble (F024). */
  async #place(id: string, where: Whereabouts): Promise<void> {
    const errand = this.#errand(id);
    if (!errand) return;
    const { edits, label } = placeArrival(errand, where);
    await this.#kit.store.capture(edits, label).catch(() => {});
  }

  #isTakenBack(errand: Errand): boolean {
    const books = this.#kit.books.get();
    return books !== undefined && goneOf(books, errand) !== undefined;
  }

  #errand(id: string): Errand | undefined {
    const books = this.#kit.books.get();
    return books && errandOf(books, id);
  }
}
