import type { board as texts } from '../text/board.ts';
import { leftOnBoard, metWords, type spans, spanWords } from '../text/span.ts';
import { clockTime } from '../text/when.ts';
import type { Block } from './board.ts';
import { dayWords } from './values.ts';

export interface BoardWords {
  readonly text: ReturnType<typeof texts.get>;
  readonly spans: ReturnType<typeof spans.get>;
}

/** A blank at which no line ends: a number stays with its unit. */
const UNBROKEN = '\u00a0';

type Told = (block: Block, words: BoardWords, now: number) => string;

const left: Told = ({ limit }, { spans }) => {
  if (!limit) return '';
  return limit.tone === 'stopped' ? metWords(spans, limit.minutes) : leftOnBoard(spans, limit.minutes);
};

const STATUS: Readonly<Record<Block['state'], Told>> = {
  planned: (block, words, now) =>
    block.leftOver ? words.text.leftOver({ day: dayWords(block.plannedAt, now) }) : left(block, words, now),
  en_route: (block, words, now) => words.text.enRoute({ left: left(block, words, now).replaceAll(' ', UNBROKEN) }),
  on_site: ({ lastsMs }, { text, spans }) =>
    text.onSite({ span: spanWords(spans, Math.floor(lastsMs / 60_000), Number.POSITIVE_INFINITY) }),
  finished: ({ undone }, { text }) => (undone ? text.undone : text.done),
  proposed: ({ plannedAt }, { text }) => text.proposed({ time: clockTime(plannedAt) }),
};

/** How a job stands, in the words of its block's last line. */
export function statusWords(block: Block, words: BoardWords, now: number): string {
  return STATUS[block.state](block, words, now)
    .trim()
    .replaceAll(/(?<=\d) (?=\p{Script=Han})/gu, UNBROKEN);
}

/** A block for those who hear the page: 王建國 三峽 洗衣機 逾時 40 分，林志豪 10:40. */
export function blockWords(block: Block, technician: string, words: BoardWords, now: number): string {
  const { customer, town, product, by, from } = block;
  const status = [statusWords(block, words, now), by && words.text.proposedBy({ by })].filter(Boolean).join(' ');
  return words.text
    .block({ customer, town, product, status, technician, time: clockTime(from) })
    .replaceAll(/\s+/g, ' ');
}
