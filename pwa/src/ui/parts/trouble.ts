import { Refused, Unreachable } from '../../net/index.ts';
import { NotTaken } from '../../platform/handing_over.ts';
import { NotReady, TooLarge, Unfit } from '../../store/index.ts';
import type { Sentences } from '../text/sentences.ts';
import type { trouble } from '../text/trouble.ts';

/** What an error line says: the fact, then what to do. */
export interface Trouble {
  readonly happened: string;
  readonly next: string;
}

/** Why something was not done, in plain words: the sentence of a problem code, or what this device knows; anything else is a defect and thrown again. */
export function troubleOf(error: unknown, sentences: Sentences, words: ReturnType<typeof trouble.get>): Trouble {
  if (error instanceof Refused || error instanceof Unfit) return inTwo(sentences[error.code]);
  if (error instanceof Unreachable) return { happened: words.unreachable, next: words.unreachableNext };
  if (error instanceof NotReady) return { happened: words.notReady, next: words.notReadyNext };
  if (error instanceof TooLarge) return { happened: words.tooLarge, next: words.tooLargeNext };
  if (error instanceof NotTaken) return { happened: words.notTaken, next: words.notTakenNext };
  if (isFull(error)) return { happened: words.full, next: words.fullNext };
  if (error instanceof DOMException) return { happened: words.disk, next: words.diskNext };
  throw error;
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError';

/** The first sentence of a problem is what happened, the rest what to do. */
export function inTwo(sentence: string): Trouble {
  const end = sentence.search(/[。.](?=.)/) + 1;
  return end === 0 ? { happened: sentence, next: '' } : { happened: sentence.slice(0, end), next: sentence.slice(end) };
}
