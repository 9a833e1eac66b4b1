import type { Books } from '../books/books.ts';
import { openIndex } from '../books/finder.ts';
import { type Found, find, findCalled, type Index } from '../books/finding.ts';
import { type HitGroup, hitGroups } from '../books/hits.ts';

/** What a search box finds; while newer books are made ready, the last ones answer. */
export class Finder {
  /** Undefined until the books were made ready once. */
  index = $state.raw<Index>();
  #newest = 0;

  /** These are the books now; the first time takes a moment. */
  async open(books: Books): Promise<void> {
    this.#newest += 1;
    const mine = this.#newest;
    const index = await openIndex(books);
    if (mine === this.#newest || !this.index) this.index = index;
  }

  /** So many hits of each kind. */
  find(typed: string, most: number): readonly HitGroup[] | undefined {
    return this.index && hitGroups(this.index, find(this.index, typed, most));
  }

  /** So many customers by a part of their name. */
  called(typed: string, most: number): Found<'customer'> | undefined {
    return this.index && findCalled(this.index, typed, most);
  }
}
