import type { Doc } from '../../store/index.ts';

/** What somebody has told the server, shown until the row that the server wrote for it is here. */
export interface Told<Value> {
  readonly value: Value;
  /** Position of the row that it replaces; 0 for none. */
  readonly over: number;
}

export function told<Value>(value: Value, doc: Pick<Doc, 'position'> | undefined): Told<Value> {
  return { value, over: doc?.position ?? 0 };
}

/** What was told, as long as the row has not moved on since; undefined from then on. */
export function standing<Value>(
  one: Told<Value> | undefined,
  doc: Pick<Doc, 'position'> | undefined,
): Value | undefined {
  return one && one.over === (doc?.position ?? 0) ? one.value : undefined;
}
