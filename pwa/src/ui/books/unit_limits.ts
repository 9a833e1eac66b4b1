import { USUAL_COPY_DAYS, USUAL_LAG_MINUTES } from '../../wire/limits.ts';
import type { Books } from './books.ts';

/** What a unit has set for itself, and what counts where it has set nothing. */
export interface UnitLimits {
  /** From here on a call was not logged at once (1-3, F011). */
  readonly lag_minutes: number;
  /** So long a customer's link is good for. */
  readonly copy_days: number;
}

/** The limits of a unit as they stand. */
export function unitLimits(books: Books, unit: string | null | undefined): UnitLimits {
  const { lag_minutes, copy_days } = books.unit_settings.get(unit)?.fields ?? {};
  return { lag_minutes: lag_minutes ?? USUAL_LAG_MINUTES, copy_days: copy_days ?? USUAL_COPY_DAYS };
}
