import type { ServiceVisit } from '../wire/kinds.ts';
import type { SignatureState } from '../wire/states.ts';
import { endOfNextDay, type ServiceCalendar } from './service_hours.ts';

/** Whether a visit ended for a reason without a signature, and no manager has confirmed that yet (1-4, F031). */
export function isUnconfirmed(visit: ServiceVisit, signature: SignatureState): boolean {
  const endedUnsigned = visit.finished_at != null && visit.unsigned_reason != null;
  return endedUnsigned && signature === 'unsigned' && visit.confirmed_at == null;
}

/** Until when a manager has to confirm: the end of the next working day; null for what is not finished. */
export function confirmBy(calendar: ServiceCalendar, { finished_at }: ServiceVisit): number | null {
  return finished_at == null ? null : endOfNextDay(calendar, finished_at);
}
