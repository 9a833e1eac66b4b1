import type { ServiceCall, ServiceVisit } from '../wire/kinds.ts';

/**
 * Whether a call's customer owes something: a fee that was told, or paid work of which no fee was told (1-4, 1-5; F033).
 *
 * An entry without a category counts as its call does; a fee of nothing owes nothing.
 */
export function isOwed(call: ServiceCall, visits: readonly ServiceVisit[]): boolean {
  const done = visits.filter(({ finished_at }) => finished_at != null);
  const fees = done.flatMap(({ fee_total }) => fee_total ?? []);
  const isPaid = done.some(({ category }) => (category ?? call.category) === 'paid');
  return fees.some((fee) => fee > 0) || (isPaid && fees.length === 0);
}

/** Whether a call was closed although its customer owes something: nothing says yet that it was settled. */
export function isBillingOpen(call: ServiceCall, visits: readonly ServiceVisit[]): boolean {
  return call.closed_at != null && isOwed(call, visits);
}
