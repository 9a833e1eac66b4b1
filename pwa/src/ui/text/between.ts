import { fromStore } from 'svelte/store';
import { filled } from './filled.ts';
import { texts } from './language.ts';

/** What stands between things that one line tells. */
export const between = texts('between', {
  items: '、',
  clauses: '，',
  facts: '・',
  phrases: '、',
  sentences: '',
  because: filled('：{words}'),
  aside: filled('（{words}）'),
});

/** Read by plain functions, and still followed by whatever shows what they return. */
const marks = fromStore(between);

type Part = string | null | undefined | false;

const told = (parts: readonly Part[], mark: string) => parts.filter(Boolean).join(mark);

/** `業務員、經理`: things of one kind, one after the other; empty ones are left out, as in all of these. */
export const items = (parts: readonly Part[]) => told(parts, marks.current.items);

/** `不冷，更換零件`: parts of one sentence. */
export const clauses = (parts: readonly Part[]) => told(parts, marks.current.clauses);

/** `陳美惠・板橋區`: different facts about one thing. */
export const facts = (parts: readonly Part[]) => told(parts, marks.current.facts);

/** Whole sentences, one after the other. */
export const sentences = (parts: readonly Part[]) => told(parts, marks.current.sentences);

/** `：客戶不在家`, behind what it is the reason of; nothing without one. */
export const because = (words: Part) => (words ? marks.current.because({ words }) : '');

/** `（市區）`, behind what it explains; nothing without words. */
export const aside = (words: Part) => (words ? marks.current.aside({ words }) : '');
