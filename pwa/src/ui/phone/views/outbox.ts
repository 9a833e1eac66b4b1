import type { ItemState, OutboxItem } from '../../../store/index.ts';
import type { DeedName, deeds } from '../../text/outbox.ts';
import type { Sentences } from '../../text/sentences.ts';

/** One thing that was captured here, in words, and how far it got. */
export interface OutboxLine {
  readonly id: string;
  /** The job that it belongs to. */
  readonly about: string;
  /** 服務紀錄和簽名 */
  readonly what: string;
  /** The customer it is about. */
  readonly who: string;
  readonly state: ItemState;
  /** When it was kept here, or when the office had it. */
  readonly at: number;
  readonly bytes: number;
  /** Why it needs attention, as plain sentences. */
  readonly reason: string | undefined;
  readonly progress: OutboxItem['progress'];
}

type Words = ReturnType<typeof deeds.get>;

/** The items in words, newest first, `gone` where the customer was erased; the sentences come later than the items, and only for those who need them. */
export function outboxLines(
  items: readonly OutboxItem[],
  words: Words,
  gone: string,
  sentences?: Sentences,
): readonly OutboxLine[] {
  return items
    .map(({ problem, what, erased, ...item }) => ({
      ...item,
      who: erased ? gone : item.who,
      what: isDeed(what, words) ? words[what] : words.other,
      reason: problem === null ? undefined : sentences?.[problem],
    }))
    .sort((one, other) => other.at - one.at);
}

function isDeed(what: string, words: Words): what is DeedName {
  return what in words;
}
