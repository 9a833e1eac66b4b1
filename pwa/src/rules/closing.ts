import type { ServiceCall, ServiceVisit } from '../wire/kinds.ts';
import type { Code } from '../wire/problems.ts';
import { CALL_ARROWS, type CallState, type SignatureState } from '../wire/states.ts';
import { isUnexplainedBreach } from './arrival.ts';
import { endsTheWork } from './call_state.ts';
import { type Cover, categoryObstacle } from './category.ts';
import { isUnconfirmed } from './unsigned.ts';

/** A visit entry of the call, how it stands to what was signed, and what its product is covered by. */
export interface ClosingEntry {
  readonly visit: ServiceVisit;
  readonly signature: SignatureState;
  readonly cover: Cover;
}

const OVER: readonly CallState[] = ['closed', 'withdrawn', 'duplicate'];
const CLOSABLE: readonly CallState[] = CALL_ARROWS.close_and_file;

/**
 * What stands against closing a call and filing its voucher, null if nothing does (policy 1-4; F002, F003, F031 to F033).
 *
 * Every finished entry must be as it was signed; one that ended the work must be signed, or say why it is not, and a
 * manager must have confirmed that. Whoever
 * came after the limit must have a reason. Each must have a category, none one that its product's warranty and contracts
 * forbid, and what is free is free.
 */
export function closingObstacle(call: ServiceCall, state: CallState, entries: readonly ClosingEntry[]): Code | null {
  if (!CLOSABLE.includes(state)) return OVER.includes(state) ? 'state.forbids' : 'visit.not_finished';
  const obstacle = entries.map((entry) => obstacleOf(call, entry)).find((each) => each !== null) ?? null;
  const isUnexplained = isUnexplainedBreach(
    call,
    entries.map(({ visit }) => visit),
  );
  return obstacle === null && isUnexplained ? 'call.breach_reason' : obstacle;
}

function obstacleOf(call: ServiceCall, { visit, signature, cover }: ClosingEntry): Code | null {
  if (visit.finished_at == null) return null;
  if (signature === 'rival' || signature === 'amended') return 'visit.changed_after_signing';
  if (endsTheWork(visit) && signature === 'unsigned' && visit.unsigned_reason == null) return 'visit.unsigned';
  if (isUnconfirmed(visit, signature)) return 'visit.unconfirmed';
  return categoryObstacle(visit, cover, call);
}
