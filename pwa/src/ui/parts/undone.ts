import type { UndoneNext, UndoneReason } from '../../wire/vocabulary.ts';
import { clauses } from '../text/between.ts';
import type { undoneNexts, undoneReasons } from '../text/vocabulary.ts';

/** The words for why something was not completed, and for what is to follow. */
export interface UndoneWords {
  readonly reasons: ReturnType<typeof undoneReasons.get>;
  readonly nexts: ReturnType<typeof undoneNexts.get>;
}

/** Why something was not completed and what is to follow, in one line: 沒有零件，再派一次. */
export function undoneLine(
  { reasons, nexts }: UndoneWords,
  reason: UndoneReason | null | undefined,
  next: UndoneNext | null | undefined,
): string {
  return clauses([reason ? reasons[reason] : '', next ? nexts[next] : '']);
}
