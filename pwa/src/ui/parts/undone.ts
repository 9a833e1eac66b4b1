import type { ServiceVisit } from '../../wire/kinds.ts';
import type { UndoneNext, UndoneReason } from '../../wire/vocabulary.ts';
import { clauses } from '../text/between.ts';
import type { undone } from '../text/undone.ts';
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

/** What is said of a visit that could not be completed: 無法完成：沒有零件，再派一次; the empty text of any other. */
export function undoneSummary(
  words: UndoneWords & { readonly text: ReturnType<typeof undone.get> },
  { undone_reason, undone_next }: ServiceVisit,
): string {
  return undone_reason ? words.text.summary({ line: undoneLine(words, undone_reason, undone_next) }) : '';
}
