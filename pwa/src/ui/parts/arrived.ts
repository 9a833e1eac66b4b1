import type { ArrivalFault, Arrived, Span } from '../books/arrived.ts';
import type { arrived } from '../text/arrived.ts';

type Words = ReturnType<(typeof arrived)['get']>;

/** `10:05（原為 10:52，忘了按，林志豪更正）`; an instant is written by `moment`. */
export function arrivedWords(words: Words, facts: Arrived, moment: (at: number) => string): string {
  const { at, byPhone, was, reason, by } = facts;
  const time = moment(at);
  if (byPhone !== undefined) return words.byPhone({ time, phone: moment(byPhone) });
  const who = by && (was === undefined ? words.addedBy({ name: by }) : words.correctedBy({ name: by }));
  const why = [was === undefined ? '' : words.was({ time: moment(was) }), reason, who].filter(Boolean);
  return why.length === 0 ? time : words.told({ time, why: why.join(words.comma) });
}

/** Why somebody cannot have arrived then; undefined for a time that can be. */
export function faultWords(words: Words, fault: ArrivalFault, span: Span, moment: (at: number) => string): string {
  if (fault === 'unreadable') return words.unreadable;
  return fault === 'future' ? words.future({ time: moment(span.now) }) : words.early({ time: moment(span.since ?? 0) });
}
