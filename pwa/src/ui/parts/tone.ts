import { clock, done, hourglass, warning } from '../look/icons.ts';

/** How a limit stands: well, soon, past, or met and no longer counting. */
export type LimitTone = 'ontime' | 'amber' | 'late' | 'stopped';

/** A limit as screens show it: how it stands and the working minutes left, negative when past. */
export interface Limit {
  readonly tone: LimitTone;
  readonly minutes: number;
}

/** The six statuses of the look, each with its own colours. */
export type Status = 'ontime' | 'amber' | 'late' | 'held' | 'unsent' | 'delivered';

export const LIMIT_ICON: Readonly<Record<LimitTone, string>> = {
  ontime: clock,
  amber: hourglass,
  late: warning,
  stopped: done,
};
