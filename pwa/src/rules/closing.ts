import type { ServiceCall, ServiceVisit } from '../wire/kinds.ts';
import type { Code } from '../wire/problems.ts';
import { CALL_ARROWS, type CallState, type SignatureState } from '../wire/states.ts';
import { isUnexplainedBreach } from './arrival.ts';

/** A visit entry of the call, and how it stands to what was signed. */
export interface ClosingEntry {
  readonly visit: ServiceVisit;
  readonly signature: SignatureState;
}

const OVER: readonly CallState[] = ['closed', 'withdrawn', 'duplicate'];
const CLOSABLE: readonly CallState[] = CALL_ARROWS.close_and_file;

/**
 * What stands against closing a call and filing its voucher, null if nothing does (policy 1-4; F031 to F033).
 *
 * Every finished entry must be as it was signed; one that ended the work must be signed, or say why it is not. Whoever
 * came after the limit must have a reason.
 */
export function closingObstacle(call: ServiceCall, state: CallState, entries: readonly ClosingEntry[]): Code | null {
  if (!CLOSABLE.includes(state)) return OVER.includes(state) ? 'state.forbids' : 'visit.not_finished';
  const obstacle = entries.map(obstacleOf).find((each) => each !== null) ?? null;
  const isUnexplained = isUnexplainedBreach(
    call,
    entries.map(({ visit }) => visit),
  );
  return obstacle === null && isUnexplained ? 'call.breach_reason' : obstacle;
}

function obstacleOf({ visit, signature }: ClosingEntry): Code | null {
  if (visit.finished_at == null) return null;
  if (signature === 'rival' || signature === 'amended') return 'visit.changed_after_signing';
  const isDone = visit.outcome === 'fixed' || visit.outcome === 'no_fault';
  return isDone && signature === 'unsigned' && visit.unsigned_reason == null ? 'visit.unsigned' : null;
}
