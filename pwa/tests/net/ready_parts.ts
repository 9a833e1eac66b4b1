import type { PullLine } from '../../src/wire/protocol.ts';
import { Problem } from './answers.ts';

const ROWS = 2;

/** What lies ready at a fake office for first syncs, in parts of two rows. */
export class ReadyParts {
  /** How many of the parts are today's; 0: nothing lies ready. */
  today = 0;
  /** How many lines of a part arrive. */
  cutBehind: number | undefined;
  /** Whether the page that names the parts arrives to its end. */
  isNamedWhole = true;
  #made = 0;
  readonly #parts = new Map<string, readonly PullLine[]>();

  /** Lays the rows ready as they stand; their keys are kind and id. */
  make(rows: ReadonlyMap<string, { readonly position: number; readonly fields: Readonly<Record<string, unknown>> }>) {
    this.#made += 1;
    const columns = [...rows].map(([key, { position, fields }]): PullLine => {
      const [kind, id] = key.split('/') as [string, string];
      const values = Object.entries(fields).map(([name, value]) => [name, [value]]);
      return ['columns', kind, [id], [position], Object.fromEntries(values), {}];
    });
    const addresses = Array.from(
      { length: Math.ceil(columns.length / ROWS) },
      (_, place) => `/sync/v1/parts/${this.#made}/${place}`,
    );
    for (const [place, address] of addresses.entries()) {
      const part = columns.slice(ROWS * place, ROWS * (place + 1));
      this.#parts.set(address, [...part, ['whole', part.length]]);
    }
    return ['parts', addresses, this.today] satisfies PullLine;
  }

  /** Throws `Problem` for one that was replaced. */
  part(address: string): readonly PullLine[] {
    const part = this.#parts.get(address);
    if (!part) throw new Problem('sync.part');
    return part.slice(0, this.cutBehind);
  }

  /** Lets go of everything that lay ready. */
  replace(): void {
    this.#parts.clear();
  }
}
