import type { VisitState } from '../../wire/states.ts';
import { car, done, place, wrench } from '../look/icons.ts';
import type { phone } from '../text/phone.ts';

type Words = ReturnType<typeof phone.get>;
type Label = { [Key in keyof Words]: Words[Key] extends string ? Key : never }[keyof Words];

interface NextStep {
  readonly icon: string;
  /** Of the main button. */
  readonly label: Label;
  /** Beside the swipe that does the same; later steps open a screen instead. */
  readonly swipe?: Label;
}

/** The one thing to do next with a visit in each state. */
export const NEXT_STEP: Readonly<Record<VisitState, NextStep>> = {
  planned: { icon: car, label: 'travel', swipe: 'swipeTravel' },
  en_route: { icon: place, label: 'arrive', swipe: 'swipeArrive' },
  on_site: { icon: wrench, label: 'work' },
  finished: { icon: done, label: 'done' },
};
