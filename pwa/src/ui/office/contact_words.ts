import type { Attempt } from '../books/attempts.ts';
import type { contact as texts } from '../text/undone.ts';
import type { contactChannels, contactResults } from '../text/vocabulary.ts';
import { momentWords } from './values.ts';

interface Words {
  readonly text: ReturnType<typeof texts.get>;
  readonly channels: ReturnType<typeof contactChannels.get>;
  readonly results: ReturnType<typeof contactResults.get>;
}

/** How somebody tried to reach a customer and what came of it, in one line. */
export function attemptWords(attempt: Attempt, { text, channels, results }: Words, now: number): string {
  const said = {
    channel: attempt.channel ? channels[attempt.channel] : '',
    result: attempt.result ? results[attempt.result] : '',
  };
  const { agreedFor } = attempt;
  return agreedFor === undefined ? text.line(said) : text.lineTo({ ...said, time: momentWords(agreedFor, now) });
}
