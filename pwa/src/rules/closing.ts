import type { ServiceVisit } from '../wire/kinds.ts';
import type { Code } from '../wire/problems.ts';
import { CALL_ARROWS, type CallState, type SignatureState } from '../wire/states.ts';

/** A visit entry of the call, and how it stands to what was signed. */
export interface Entry {
  readonly visit: ServiceVisit;
  readonly signature: SignatureState;
}

const OVER: ReadonlySet<CallState> = new Set(['closed', 'withdrawn', 'duplicate']);
const CHANGED: ReadonlySet<SignatureState> = new Set(['rival', 'amended']);
const DONE: readonly unknown[] = ['fixed', 'no_fault'];
const CLOSABLE: readonly CallState[] = CALL_ARROWS.close_and_file;

/**
 * What stands against closing a call, null if nothing does (F031, F032, F033).
 *
 * Every finished entry must be as it was signed; one that ended the work must be signed, or say why it is not.
 */
export function closingObstacle(state: CallState, entries: readonly Entry[]): Code | null {
  if (!CLOSABLE.includes(state)) return OVER.has(state) ? 'state.forbids' : 'visit.not_finished';
  const obstacles = entries.filter(({ visit }) => visit.finished_at != null).map(obstacle);
  return obstacles.find((code) => code !== null) ?? null;
}

function obstacle({ visit, signature }: Entry): Code | null {
  if (CHANGED.has(signature)) return 'visit.changed_after_signing';
  const needsSignature = DONE.includes(visit.outcome) && visit.unsigned_reason == null;
  return needsSignature && signature === 'unsigned' ? 'visit.unsigned' : null;
}
