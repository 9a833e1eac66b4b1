import { computed } from 'nanostores';
import { inTwo } from '../parts/trouble.ts';
import { findings, heldReasons, heldTexts, inbox } from '../text/inbox.ts';
import { quarantine } from '../text/quarantine.ts';
import { sentences } from '../text/sentences.ts';
import { spans, spanWords } from '../text/span.ts';
import { heldReason, isQuarantined } from './held.ts';
import { partWords } from './held_part.ts';
import type { InboxItem, RivalsItem } from './inbox.ts';
import { closedUp, fieldWords, valueWords, type Writer } from './values.ts';

const DAY_MIN = 1440;
const MINUTE_MS = 60_000;
const CLAUSES = /[，。、；]|[,.;] /;

/** The words that what waits is told with, in the language now spoken. */
export const inboxSaid = computed(
  [inbox, findings, heldReasons, heldTexts, quarantine, sentences, spans],
  (text, finding, reasons, held, stopped, sentence, span) => ({
    text,
    finding,
    reasons,
    held,
    stopped,
    sentence,
    span,
  }),
);
type Words = ReturnType<typeof inboxSaid.get>;

/** What has to be decided. */
export function titleOf(item: InboxItem, words: Words, writer: Writer): string {
  if (item.type === 'rivals') return fieldWords(item.field, writer);
  if (item.type === 'finding') return words.finding[item.finding];
  const kind = (writer.said.kind as Readonly<Record<string, unknown>>)[item.held.kind ?? ''];
  const told = isQuarantined(item.held) ? words.stopped : words.held;
  return typeof kind === 'string' ? told.title({ kind }) : words.held.unreadable;
}

/** Between what, or why it was not applied; of the rest for how long it has waited. */
export function detailOf(item: InboxItem, words: Words, writer: Writer): string {
  if (item.type === 'held') {
    const why = inTwo(heldReason(item.held, words.reasons, words.sentence)).happened;
    return [partWords(item.held, writer), why].filter(Boolean).join('　');
  }
  if (item.type === 'finding' && item.since === 0) return '';
  const span = spanWords(words.span, Math.max(0, Math.floor((writer.now - item.since) / MINUTE_MS)), DAY_MIN);
  const values = item.type === 'rivals' ? valuesOf(item, words, writer) : '';
  return words.text.between({ values, span }).replace(/^(，|, )/, '');
}

/** The values between which somebody decides. */
function valuesOf({ field, choices }: RivalsItem, { text }: Words, writer: Writer): string {
  const values = choices.map(({ value }) => valueWords(field, value, writer));
  // What has clauses of its own would run into the other value.
  const apart = values.some((one) => CLAUSES.test(one)) ? values.map((one) => text.quoted({ words: one })) : values;
  return closedUp(apart.reduce((one, other) => text.or({ one, other })));
}
