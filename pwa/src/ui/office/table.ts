import type { Snippet } from 'svelte';

/** One column of a table over rows of that kind. */
export interface Column<Row> {
  readonly id: string;
  readonly head: string;
  readonly cell: Snippet<[row: Row]>;
  /** Amounts and counts stand at the right, so that their digits line up. */
  readonly numeric?: boolean;
  /** CSS width; the rest is shared. */
  readonly width?: string;
  /** Left out where the screen is narrow: the detail tells it too. */
  readonly wideOnly?: boolean;
  /** Left out where a list and its detail together have little room. */
  readonly roomyOnly?: boolean;
}

/** Rows under a head of their own; one without a head needs none. */
export interface Group<Row> {
  readonly id: string;
  readonly head?: string;
  /** 優先派工: what must be done first. */
  readonly urgent?: boolean;
  readonly rows: readonly Row[];
}

/** How far a key moves the selection; Home and End move further than any table is long. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The row that a key selects, out of `ids` in the order shown; undefined when the key moves nothing. */
export function rowAfterKey(key: string, ids: readonly string[], selected: string | undefined): string | undefined {
  const step = STEPS[key];
  if (step === undefined) return undefined;
  const from = ids.indexOf(selected ?? '');
  return from < 0 ? ids[0] : ids[Math.max(0, Math.min(ids.length - 1, from + step))];
}
