import type { Edit } from '../../store/index.ts';
import { type Ranked, written } from './presets.ts';

/**
 * A list in the order that somebody is giving it: one press may come before the last one was written, and counts from
 * where the last one has put the row.
 */
export class Ordering<Row extends Ranked> {
  readonly #kept: () => readonly Row[];
  /** Ids in the order that was chosen, until the rows stand in it. */
  #chosen = $state.raw<readonly string[]>();

  constructor(kept: () => readonly Row[]) {
    this.#kept = kept;
    $effect(() => {
      if (
        this.#chosen?.join() ===
        kept()
          .map(({ id }) => id)
          .join()
      )
        this.#chosen = undefined;
    });
  }

  get rows(): readonly Row[] {
    const chosen = this.#chosen;
    if (!chosen) return this.#kept();
    const place = ({ id }: Row) => (chosen.includes(id) ? chosen.indexOf(id) : chosen.length);
    return this.#kept().toSorted((one, other) => place(one) - place(other));
  }

  /** Moves a row a place up (-1) or down (1), and returns what is written for it; nothing at the end of the list. */
  moved(id: string, by: -1 | 1): readonly Edit[] {
    const rows = this.rows;
    const from = rows.findIndex((row) => row.id === id);
    const to = from + by;
    const [one, other] = [rows[from], rows[to]];
    if (!one || !other) return [];
    const order = rows.map((row, place) => (place === from ? other : place === to ? one : row));
    this.#chosen = order.map((row) => row.id);
    const changed = (row: Ranked, rank: number) => row === one || row === other || row.fields.rank !== rank;
    return order.flatMap((row, rank) => (changed(row, rank) ? [written(row, { rank })] : []));
  }
}
