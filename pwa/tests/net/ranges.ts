import { combine, rowDigest } from '../../src/core/digest.ts';
import type { PullLine, PullRange } from '../../src/wire/protocol.ts';

interface Row {
  readonly position: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An office's rows by kind and id. */
type Rows = ReadonlyMap<string, Row>;

const ROWS = 3;

export function digestOf(key: string, { position }: Row): string {
  return rowDigest(...(key.split('/') as [string, string]), position);
}

/** Ranges of three rows; the last goes on to the end of the log. */
export function* rangesOf(every: Rows, end: number): Generator<PullRange> {
  const rows = [...every].sort(([, a], [, b]) => a.position - b.position);
  for (let first = 0; first < rows.length; first += ROWS) {
    const range = rows.slice(first, first + ROWS);
    const last = first + ROWS < rows.length ? (range.at(-1)?.[1].position ?? 0) : end;
    yield ['range', last, range.length, combine(range.map(([key, row]) => digestOf(key, row)))];
  }
}

export function* rowsBetween(every: Rows, query: URLSearchParams): Generator<PullLine> {
  const [after, until] = [Number(query.get('after')), Number(query.get('until'))];
  for (const [key, { position, fields }] of every)
    if (position > after && position <= until) yield ['put', ...(key.split('/') as [string, string]), position, fields];
}
