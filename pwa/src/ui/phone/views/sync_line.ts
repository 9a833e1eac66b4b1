import type { SyncStatus } from '../../../net/index.ts';
import type { OutboxView } from '../../../store/index.ts';
import type { UnsentWork } from '../../parts/unsent.ts';

const STOPPED = ['revoked', 'outdated'] as const;

/** My own work in one line: what stops everything, what needs attention, what keeps it here, how much of it is here. */
export function unsentWork(outbox: OutboxView | undefined, status: Pick<SyncStatus, 'state'>): UnsentWork {
  const { unsent: count = 0, attention = 0, items = [] } = outbox ?? {};
  const stopped = STOPPED.find((state) => state === status.state);
  if (stopped) return { state: stopped, count };
  if (attention > 0) return { state: 'attention', count: attention };
  if (status.state === 'sign_in') return { state: 'sign_in', count };
  if (items.some(({ state }) => state === 'sending')) return { state: 'sending', count };
  return { state: count > 0 ? 'unsent' : 'delivered', count };
}
