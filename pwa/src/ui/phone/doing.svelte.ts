import { type Whereabouts, whereabouts } from '../../platform/whereabouts.ts';
import { Deed } from '../parts/deed.svelte.ts';
import { type Kit, routes } from './kit.ts';
import { arrive, type Captured, placeArrival, travel } from './views/deeds.ts';
import { type Errand, errandOf } from './views/errand.ts';

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
    if (captured && !(await this.#leave(captured))) return;
    void where?.then((found) => found && this.#place(id, found));
    if (errand.state !== 'planned') this.#kit.router.go(routes.href('work', { id }));
  }

  /** Opens the way on a map, and sets out. */
  async directions(id: string): Promise<void> {
    const errand = this.#errand(id);
    if (!errand) return;
    const query = new URLSearchParams({ api: '1', destination: errand.call.fields.address ?? '' });
    window.open(`https://www.google.com/maps/dir/?${query}`, '_blank', 'noopener');
    if (errand.state === 'planned') await this.advance(id);
  }

  capture({ edits, label }: Captured): Promise<boolean> {
    return this.run(() => this.#kit.store.capture(edits, label));
  }

  /** Whoever goes to a customer does nothing else: general work that runs ends with it, in one group (F006). */
  async #leave(captured: Captured): Promise<boolean> {
    const [books, me] = [this.#kit.books.get(), this.#kit.client.session.me.get()];
    if (!books?.admin_time.where('user', me?.user ?? '').some(({ fields }) => fields.ended_at == null)) {
      return this.capture(captured);
    }
    const { endedFor } = await import('./screens/times.ts');
    const { edits, tell } = endedFor(this.#kit);
    const done = await this.capture({ ...captured, edits: [...captured.edits, ...edits] });
    if (done) tell();
    return done;
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

  #errand(id: string): Errand | undefined {
    const books = this.#kit.books.get();
    return books && errandOf(books, id);
  }
}
