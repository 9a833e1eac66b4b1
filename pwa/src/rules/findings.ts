import type { Dispatch, MaintenanceContract, ServiceCall, ServiceVisit } from '../wire/kinds.ts';
import {
  CALL_FINDING,
  type CallFinding,
  type ContractFinding,
  FINDING,
  type Finding,
  type SignatureState,
} from '../wire/states.ts';
import { CLOCK_TOLERANCE_MS } from './arrival.ts';
import {
  type Cover,
  isContractedInVain,
  isFreeInVain,
  isFreeWithFee,
  isPaidUnexplained,
  isVisitUnexplained,
} from './category.ts';
import { MOST_DAYS_BEFORE } from './receipt.ts';
import { isUnconfirmed } from './unsigned.ts';

/** All that the checks of one visit look at. */
export interface VisitFacts {
  readonly visit: ServiceVisit;
  readonly call: ServiceCall;
  readonly dispatch: Dispatch;
  readonly cover: Cover;
  readonly signature: SignatureState;
}

const DAY_MS = 86_400_000;

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
  // Nobody pays for a call that is over without service, and of whoever was erased the reason is gone too.
  paid_unexplained: ({ call, visit, cover }) =>
    [call.closed_at, call.withdrawn_at, call.duplicate_of, visit.erased_at].every((over) => over == null) &&
    isVisitUnexplained(visit, cover, call),
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

/** All that the checks of one call look at; of one that a visit has a category for, the visit's counts (F007). */
export interface CallFacts {
  readonly call: ServiceCall;
  readonly cover: Cover;
  readonly isBooked: boolean;
}

const CALL_CHECKS: Readonly<Record<CallFinding, (facts: CallFacts) => boolean>> = {
  incomplete: ({ call: { contact_name, contact_phone, address, asset } }) =>
    [contact_name, contact_phone, address, asset].some((text) => !text?.trim()),
  no_category: ({ call: { category }, isBooked }) => !isBooked && (category == null || category === 'admin'),
  called_free_in_vain: ({ call, cover, isBooked }) => !isBooked && isFreeInVain(call.category, cover, call.received_at),
  called_contracted_in_vain: ({ call, cover, isBooked }) =>
    !isBooked && isContractedInVain(call.category, cover, call.received_at),
  called_paid_unexplained: ({ call, cover, isBooked }) => !isBooked && isPaidUnexplained(call, cover, call.received_at),
  logged_before_it_came: ({ call: { received_at, logged_at } }) =>
    received_at != null && logged_at != null && received_at > logged_at + CLOCK_TOLERANCE_MS,
  logged_too_late: ({ call: { received_at, logged_at } }) =>
    received_at != null && logged_at != null && received_at < logged_at - MOST_DAYS_BEFORE * DAY_MS,
  appointment_before_it_came: ({ call: { received_at, appointment_at } }) =>
    received_at != null && appointment_at != null && appointment_at < received_at,
};

/** Every finding of one call that is open, in the order of the vocabulary (F001 to F004, F010, F011, A14). */
export function callFindings(facts: CallFacts): readonly CallFinding[] {
  const { closed_at, withdrawn_at, duplicate_of, erased_at } = facts.call;
  if ([closed_at, withdrawn_at, duplicate_of, erased_at].some((ended) => ended != null)) return [];
  return CALL_FINDING.filter((finding) => CALL_CHECKS[finding](facts));
}

/** The findings of one contract: without a period that has a length it covers nothing (F002). */
export function contractFindings({ valid_from, valid_until }: MaintenanceContract): readonly ContractFinding[] {
  if (valid_from == null || valid_until == null) return ['no_period'];
  return valid_until < valid_from ? ['reversed_period'] : [];
}
