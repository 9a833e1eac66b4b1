import type { Code } from '../wire/problems.ts';
import type { SyncState } from './states.ts';

/** How it stands with the line to the office; the same in every tab. */
export interface SyncStatus {
  readonly state: SyncState;
  /** Why it waits or is blocked; null: there is no network, or nothing is wrong. */
  readonly problem: Code | null;
  /** When the office last answered, by this device's clock; null: never. */
  readonly contactAt: number | null;
  /** Office time minus device time, as measured then. */
  readonly clockOffsetMs: number;
  /** When the office was put back to a backup, by its clock, where that is why the session is gone; else null. */
  readonly restoredAt: number | null;
  /** Nothing was ever pulled on this device. */
  readonly first: boolean;
  /** Documents that the pull under way has brought so far. */
  readonly received: number;
}

export const UNKNOWN: SyncStatus = {
  state: 'idle',
  problem: null,
  contactAt: null,
  clockOffsetMs: 0,
  restoredAt: null,
  first: false,
  received: 0,
};
