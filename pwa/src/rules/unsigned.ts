import { canonicalText } from '../core/canonical.ts';
import { link } from '../core/chain.ts';
import type { ServiceVisit } from '../wire/kinds.ts';
import { CONFIRMED_FIELDS, type SignatureState } from '../wire/states.ts';
import { visitInstant } from './arrival.ts';
import { endOfNextDay, type ServiceCalendar } from './service_hours.ts';

const TEMPLATE = 'confirmed-1';

/** Whether a visit ended for a reason without a signature, and no manager's word stands for what it says now (1-4, F031). */
export function isUnconfirmed(visit: ServiceVisit, signature: SignatureState): boolean {
  const endedUnsigned = visit.finished_at != null && visit.unsigned_reason != null;
  return endedUnsigned && signature === 'unsigned' && !isConfirmed(visit);
}

/** The SHA-256 of the RFC 8785 text of what a manager confirms of a visit, as it stands. */
export function confirmedHash(visit: ServiceVisit): string {
  const said = Object.fromEntries(CONFIRMED_FIELDS.map((field) => [field, visit[field] ?? null]));
  return link(new TextEncoder().encode(canonicalText({ template: TEMPLATE, visit: said })));
}

/** Until when a manager has to confirm: the end of the next working day; null for what is not finished. */
export function confirmBy(calendar: ServiceCalendar, visit: ServiceVisit): number | null {
  const finishedAt = visitInstant(visit, 'finished_at');
  return finishedAt === null ? null : endOfNextDay(calendar, finishedAt);
}

/** Whether a manager's word stands; of what was erased it stands unless it was amended later (ADR 44). */
function isConfirmed(visit: ServiceVisit): boolean {
  if (visit.confirmed_at == null) return false;
  if (visit.erased_at != null) return visit.amended_at == null || visit.amended_at <= visit.confirmed_at;
  return visit.confirmed_sha256 === confirmedHash(visit);
}
