import type { Asset, MaintenanceContract, ServiceCall, ServiceVisit } from '../wire/kinds.ts';
import type { Code } from '../wire/problems.ts';
import type { Category } from '../wire/vocabulary.ts';

/** What one product's service is covered by: its warranty, and the contracts that list it (1-1; F002, F003). */
export interface Cover {
  readonly asset: Asset;
  readonly contracts: readonly MaintenanceContract[];
}

type Chosen = Category | null | undefined;
type Instant = number | null | undefined;

/** Whether a contract is active at an instant; one without a beginning or an end never is. */
export function isActive({ valid_from, valid_until }: MaintenanceContract, at: number): boolean {
  return valid_from != null && valid_until != null && valid_from <= at && at <= valid_until;
}

/** The category of a call that comes in now: free, by contract, or paid; null where nobody knows (F003). */
export function proposedCategory({ asset, contracts }: Cover, at: number): Category | null {
  if (asset.warranty_until != null && at <= asset.warranty_until) return 'warranty';
  if (contracts.some((contract) => isActive(contract, at))) return 'contract';
  return asset.warranty_until == null ? null : 'paid';
}

/**
 * Whether a service is called free although the warranty had ended when the call came in (F003).
 *
 * A product of which nobody knows until when it is covered may be free: that is for a person to say.
 */
export function isFreeInVain(category: Chosen, { asset: { warranty_until } }: Cover, receivedAt: Instant): boolean {
  return category === 'warranty' && warranty_until != null && receivedAt != null && receivedAt > warranty_until;
}

/** Whether a service is called contracted although no contract was active when the call came in (F002). */
export function isContractedInVain(category: Chosen, { contracts }: Cover, receivedAt: Instant): boolean {
  if (category !== 'contract' || receivedAt == null) return false;
  return !contracts.some((contract) => isActive(contract, receivedAt));
}

/** Whether a product under warranty is to be paid for and nobody says why, as where a customer broke it (F004). */
export function isPaidUnexplained(
  { category, category_reason }: Booked,
  { asset: { warranty_until } }: Cover,
  receivedAt: Instant,
): boolean {
  if (category !== 'paid' || warranty_until == null || receivedAt == null) return false;
  return receivedAt <= warranty_until && !category_reason?.trim();
}

/** A category, and why somebody is to pay for what his warranty covers. */
export type Booked = Pick<ServiceVisit, 'category' | 'category_reason'>;

/** What a call is served as: what its last visit says that says anything, else what the desk took it for (F007). */
export function bookedAs(call: ServiceCall, visits: readonly ServiceVisit[]): Booked {
  const { category, category_reason }: Booked = visits.findLast((visit) => visit.category != null) ?? call;
  return { category: category ?? null, ...(category_reason && { category_reason }) };
}

/** The category alone of `bookedAs`. */
export function bookedCategory(call: ServiceCall, visits: readonly ServiceVisit[]): Category | undefined {
  return bookedAs(call, visits).category ?? undefined;
}

/** Whether a customer is charged for what is free (F004). */
export function isFreeWithFee({ category, fee_total }: ServiceVisit): boolean {
  return category === 'warranty' && (fee_total ?? 0) > 0;
}

/**
 * Whether a visit uses up one of those that a contract includes: finished under it, and not in vain (F005).
 *
 * Where nobody was at home and nothing was done, the customer got no service.
 */
export function takesIncludedVisit(visit: ServiceVisit): boolean {
  if (visit.category !== 'contract' || visit.finished_at == null) return false;
  return !metNobody(visit) || wasWorked(visit);
}

function metNobody({ undone_reason, unsigned_reason }: ServiceVisit): boolean {
  return undone_reason == null ? unsigned_reason === 'absent' : undone_reason === 'customer_absent';
}

function wasWorked({ outcome, action, fee_total }: ServiceVisit): boolean {
  const done = outcome === 'fixed' || outcome === 'no_fault';
  return done || (action ?? '').trim() !== '' || (fee_total ?? 0) > 0;
}

/** What is wrong with the category of work that is done, null if nothing is (F001 to F004, F006). */
export function categoryObstacle(visit: ServiceVisit, cover: Cover, call: ServiceCall): Code | null {
  if (visit.category == null) return 'visit.no_category';
  if (isFreeWithFee(visit)) return 'visit.free_with_fee';
  if (isVisitUnexplained(visit, cover, call)) return 'visit.category_reason';
  return isInVain(visit.category, cover, call.received_at) ? 'visit.category' : null;
}

/** Whether a visit under warranty is to be paid for and neither it nor its call says why (F004). */
export function isVisitUnexplained(visit: ServiceVisit, cover: Cover, call: ServiceCall): boolean {
  const reason = visit.category_reason || call.category_reason || null;
  return isPaidUnexplained({ category: visit.category ?? null, category_reason: reason }, cover, call.received_at);
}

/** Whether a service may not have the category that it has: a customer's never is general work (F001, F006). */
export function isInVain(category: Chosen, cover: Cover, receivedAt: Instant): boolean {
  if (category === 'admin') return true;
  return isFreeInVain(category, cover, receivedAt) || isContractedInVain(category, cover, receivedAt);
}
