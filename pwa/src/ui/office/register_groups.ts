import type { register } from '../text/register.ts';
import { type RegisterRow, SECTIONS, type Section } from './register.ts';
import type { Group } from './table.ts';

type Words = ReturnType<typeof register.get>;

/** What is said over the calls that are over: those of today, of another day, or those whose money is open. */
export type OverHead = 'over_section' | 'over_day_section' | 'billing_section';

const HEADS = {
  send_again: 'send_again_section',
  carried_over: 'carried_over',
  received: 'received_section',
  arrived: 'arrived_section',
  en_route: 'en_route_section',
  dispatched: 'dispatched_section',
  completed_on_site: 'completed_on_site_section',
} as const satisfies Record<Exclude<Section, 'over'>, keyof Words>;

/** What goes before all new ones (1-13). */
const URGENT: readonly Section[] = ['carried_over', 'send_again'];

/** The sections of the register under their heads, what was carried over first. */
export function groupsOf(
  sections: ReadonlyMap<Section, readonly RegisterRow[]>,
  words: Words,
  overHead: OverHead = 'over_section',
): readonly Group<RegisterRow>[] {
  return SECTIONS.flatMap((id) => {
    const rows = sections.get(id);
    const head = id === 'over' ? overHead : HEADS[id];
    return rows ? [{ id, rows, head: words[head]({ count: rows.length }), urgent: URGENT.includes(id) }] : [];
  });
}
