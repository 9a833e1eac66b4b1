import type { Overlap } from '../books/working_time.ts';
import { type spans as spanTexts, spanWords } from '../text/span.ts';
import type { adminWorks } from '../text/vocabulary.ts';
import type { workingTime } from '../text/working_time.ts';

interface Words {
  readonly text: ReturnType<typeof workingTime.get>;
  readonly works: ReturnType<typeof adminWorks.get>;
  readonly spans: ReturnType<typeof spanTexts.get>;
}

/** `和王建國的工單重疊 20 分`: told beside the line, and never refused (F006). */
export function overlapWords({ work, customer, minutes }: Overlap, { text, works, spans }: Words): string {
  const span = spanWords(spans, minutes, Infinity);
  return work ? text.overWork({ work: works[work], span }) : text.overVisit({ customer, span });
}
