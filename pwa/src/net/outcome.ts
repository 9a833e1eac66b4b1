import type { Code } from '../wire/problems.ts';
import { Refused, Unreachable } from './call.ts';
import type { Outcome } from './states.ts';

/** How a step ended that threw, and the problem to tell people; null: there was no answer, or the fault is ours. */
export interface Failure {
  readonly outcome: Outcome;
  readonly problem: Code | null;
  /** Neither the network nor the office, but this app or this disk. */
  readonly defect: boolean;
}

/** What a refusal means for the line; every other one is waited out. */
const OUTCOME: { readonly [Key in Code]?: Outcome } = {
  'session.missing': 'session_ended',
  'device.unknown': 'session_ended',
  'device.wrong': 'session_ended',
  'device.signature': 'session_ended',
  'device.not_revoked': 'session_ended',
  'device.revoked': 'revoked',
  'device.quarantine_over': 'revoked',
  'sync.protocol': 'outdated',
  'sync.gap': 'parted',
  'sync.fork': 'parted',
  'sync.epoch': 'parted',
  'sync.actor': 'parted',
};

export function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return { outcome: OUTCOME[error.code] ?? 'lost', problem: error.code, defect: false };
  return { outcome: 'lost', problem: null, defect: !(error instanceof Unreachable) };
}
