import type { PartUsage } from '../../rules/parts.ts';
import { partsOf } from '../../rules/parts.ts';
import { items } from '../text/between.ts';
import type { usedParts } from '../text/used_parts.ts';

type Words = Pick<ReturnType<typeof usedParts.get>, 'plain' | 'numbered'>;

/** One part as people read it: 溫度感測器（TS-2210）×1. */
function partWords({ name, number, quantity }: PartUsage, words: Words): string {
  return number ? words.numbered({ name, number, count: quantity }) : words.plain({ name, count: quantity });
}

/** What a visit keeps of its parts, as people read it; empty for none. */
export function partsWords(lines: unknown, words: Words): string {
  if (typeof lines !== 'string') return '';
  return items(partsOf(lines).map((part) => partWords(part, words)));
}
