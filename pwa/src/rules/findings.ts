import type { Dispatch, ServiceCall, ServiceVisit } from '../wire/kinds.ts';
import { FINDING, type Finding, type SignatureState } from '../wire/states.ts';
import { type Cover, isContractedInVain, isFreeInVain, isFreeWithFee } from './category.ts';
import { isUnconfirmed } from './unsigned.ts';

/** All that the checks of one visit look at. */
export interface VisitFacts {
  readonly visit: ServiceVisit;
  readonly call: ServiceCall;
  readonly dispatch: Dispatch;
  readonly cover: Cover;
  readonly signature: SignatureState;
}

const CHECKS: Readonly<Record<Finding, (facts: VisitFacts) => boolean>> = {
  changed_unseen: ({ signature }) => signature === 'rival',
  changed_after_signing: ({ signature }) => signature === 'amended',
  finished_unsigned: finishedUnsigned,
  closed_unsigned: (facts) => facts.call.closed_at != null && finishedUnsigned(facts),
  unconfirmed: ({ call, visit, signature }) => call.closed_at == null && isUnconfirmed(visit, signature),
  free_with_fee: ({ visit }) => isFreeWithFee(visit),
  free_in_vain: ({ call, visit, cover }) =>
    call.closed_at == null && isFreeInVain(visit.category, cover, call.received_at),
  contracted_in_vain: ({ call, visit, cover }) =>
    call.closed_at == null && isContractedInVain(visit.category, cover, call.received_at),
  work_on_withdrawn_call: ({ call, visit }) =>
    (call.withdrawn_at != null || call.duplicate_of != null) && visit.arrived_at != null,
  work_after_calling_back: ({ call, dispatch, visit }) =>
    dispatch.cancelled_at != null && call.closed_at == null && visit.arrived_at != null,
};

function finishedUnsigned({ visit, signature }: VisitFacts): boolean {
  return visit.finished_at != null && signature === 'unsigned' && visit.unsigned_reason == null;
}

/** Every finding of one visit entry, in the order of the vocabulary (F002 to F004, F031, F032). */
export function visitFindings(facts: VisitFacts): readonly Finding[] {
  return FINDING.filter((finding) => CHECKS[finding](facts));
}
