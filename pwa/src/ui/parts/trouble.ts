import { Refused, Unreachable } from '../../net/index.ts';
import { NotTaken } from '../../platform/handing_over.ts';
import { NotAPicture } from '../../platform/shrinking.ts';
import { NotReady, TooLarge, Unfit } from '../../store/index.ts';
import { filledIn } from '../text/filled.ts';
import type { Sentences } from '../text/sentences.ts';
import type { trouble } from '../text/trouble.ts';

/** What an error line says: the fact, then what to do. */
export interface Trouble {
  readonly happened: string;
  readonly next: string;
}

/** A photo would leave too little room for records. */
export class NoRoom extends Error {}

type Words = ReturnType<typeof trouble.get>;

/** What this device knows about an error of its own; the first that fits counts. */
const OWN: ReadonlyArray<readonly [fits: (error: unknown) => boolean, words: (words: Words) => Trouble]> = [
  [
    (error) => error instanceof Unreachable,
    ({ unreachable, unreachableNext }) => ({ happened: unreachable, next: unreachableNext }),
  ],
  [(error) => error instanceof NotReady, ({ notReady, notReadyNext }) => ({ happened: notReady, next: notReadyNext })],
  [(error) => error instanceof TooLarge, ({ tooLarge, tooLargeNext }) => ({ happened: tooLarge, next: tooLargeNext })],
  [(error) => error instanceof NotTaken, ({ notTaken, notTakenNext }) => ({ happened: notTaken, next: notTakenNext })],
  [(error) => error instanceof NoRoom, ({ noRoom, noRoomNext }) => ({ happened: noRoom, next: noRoomNext })],
  [
    (error) => error instanceof NotAPicture,
    ({ noPicture, noPictureNext }) => ({ happened: noPicture, next: noPictureNext }),
  ],
  [isFull, ({ full, fullNext }) => ({ happened: full, next: fullNext })],
  [(error) => error instanceof DOMException, ({ disk, diskNext }) => ({ happened: disk, next: diskNext })],
];

/** Why something was not done, in plain words: the sentence of a problem code, or what this device knows; anything else is a defect and thrown again. */
export function troubleOf(error: unknown, sentences: Sentences, words: Words): Trouble {
  if (error instanceof Refused) return inTwo(filledIn(sentences[error.code], error.facts));
  if (error instanceof Unfit) return inTwo(sentences[error.code]);
  const own = OWN.find(([fits]) => fits(error));
  if (!own) throw error;
  return own[1](words);
}

/** Whether the disk had no room for something. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/** The first sentence of a problem is what happened, the rest what to do. */
export function inTwo(sentence: string): Trouble {
  const end = sentence.search(/。(?=.)|\.(?= )/) + 1;
  if (end === 0) return { happened: sentence, next: '' };
  return { happened: sentence.slice(0, end), next: sentence.slice(end).trimStart() };
}
