import type { UndoneNext, UndoneReason } from '../../../wire/vocabulary.ts';
import type { WorkInput } from './deeds.ts';

/** Why a visit could not be completed, in the order of the chips. */
export const REASONS: readonly UndoneReason[] = [
  'customer_absent',
  'no_parts',
  'needs_workshop',
  'needs_second_person',
  'no_access',
  'price_declined',
  'other',
];

/** What most often follows each reason: the usual way up is two taps. */
const USUAL: Readonly<Record<UndoneReason, UndoneNext | null>> = {
  customer_absent: 'send_again',
  no_parts: 'send_again',
  needs_workshop: 'workshop',
  needs_second_person: 'send_again',
  no_access: 'send_again',
  price_declined: 'give_up',
  other: null,
};

/** Of whom nobody saw, nothing is taken along and nothing is given up. */
const WITHOUT_CUSTOMER: readonly UndoneNext[] = ['send_again', 'customers_time'];
const WITH_CUSTOMER: readonly UndoneNext[] = ['send_again', 'customers_time', 'workshop', 'give_up'];

export const nextsOf = (reason: UndoneReason | null): readonly UndoneNext[] =>
  reason === 'customer_absent' ? WITHOUT_CUSTOMER : WITH_CUSTOMER;

/** What choosing a reason writes: what usually follows it too. */
export function chooseReason(reason: UndoneReason): Partial<WorkInput> {
  return { undone_reason: reason, ...chooseNext(USUAL[reason]) };
}

/** What choosing the next step writes; whoever gives up comes no more. */
export function chooseNext(next: UndoneNext | null): Partial<WorkInput> {
  const outcome = next === null ? null : next === 'give_up' ? 'not_repaired' : 'follow_up';
  return { undone_next: next, outcome, ...(next === 'customers_time' ? {} : { undone_wish_at: null }) };
}

/** What completing it after all writes. */
export const COMPLETED: Partial<WorkInput> = {
  undone_reason: null,
  undone_note: null,
  undone_next: null,
  undone_wish_at: null,
};

export type LadderFault = 'missing' | 'noteMissing' | 'wishMissing' | 'photoMissing';

/** What is missing before it can be signed, or left where nobody is there (F031). */
export function ladderFault(draft: WorkInput, photographed: boolean): LadderFault | undefined {
  const { undone_reason, undone_next, undone_note, undone_wish_at } = draft;
  if (!undone_reason || !undone_next) return 'missing';
  if (undone_reason === 'other' && !undone_note?.trim()) return 'noteMissing';
  if (undone_next === 'customers_time' && undone_wish_at === null) return 'wishMissing';
  return undone_reason === 'customer_absent' && !photographed ? 'photoMissing' : undefined;
}
