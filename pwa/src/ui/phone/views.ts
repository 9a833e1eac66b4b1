import type { VisitState } from '../../wire/states.ts';
import type { Category, Channel, VisitOutcome, Zone } from '../../wire/vocabulary.ts';
import type { Limit } from '../parts/tone.ts';

/** One dispatched job as its card shows it; instants in epoch milliseconds throughout. */
export interface JobGlance {
  readonly id: string;
  readonly customer: string;
  readonly address: string;
  readonly district: string;
  readonly zone: Zone;
  /** Product and model, as one says it: 冰箱 KR-528WN. */
  readonly product: string;
  readonly category: Category;
  readonly carriedOver: boolean;
  readonly dueAt: number;
  readonly limit: Limit;
  readonly state: VisitState;
  /** Records of this job that are only on this phone. */
  readonly unsent: number;
  /** Taken away while the phone was offline; stays until it was seen. */
  readonly gone?: { readonly to?: string };
}

/** A job with everything needed at the door. */
export interface JobView extends JobGlance {
  readonly number: string;
  readonly phone: string;
  readonly receivedAt: number;
  readonly channel: Channel;
  readonly symptom: string;
  readonly serial: string;
  readonly warrantyUntil?: number;
  readonly contractUntil?: number;
  readonly history: readonly PastVisit[];
}

export interface PastVisit {
  readonly id: string;
  readonly at: number;
  readonly action: string;
  readonly technician: string;
}

/** What the technician writes on site; money in minor units. */
export interface WorkDraft {
  readonly fault: string;
  readonly action: string;
  readonly outcome: VisitOutcome | undefined;
  readonly feeTotal: number;
}

/** What the customer reads before signing. */
export interface SignedView {
  readonly customer: string;
  readonly product: string;
  readonly category: Category;
  readonly arrivedAt: number;
  readonly fault: string;
  readonly action: string;
  readonly outcome: VisitOutcome;
  readonly feeTotal: number;
}

export type OutboxState = 'attention' | 'sending' | 'pending' | 'delivered';

/** One thing that was captured here, and how far it got. */
export interface OutboxItem {
  readonly id: string;
  /** 服務紀錄和簽名 */
  readonly what: string;
  /** The customer it is about. */
  readonly who: string;
  readonly state: OutboxState;
  /** When it was kept here, or when the office had it. */
  readonly at: number;
  readonly bytes: number;
  /** Why it needs attention, as plain sentences. */
  readonly reason?: string;
  readonly progress?: { readonly done: number; readonly total: number; readonly bytesLeft: number };
}
