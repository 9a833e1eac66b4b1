/** How my own work stands; `sign_in`, `outdated`, `revoked`: capturing goes on, sending does not. */
export type WorkState = 'revoked' | 'outdated' | 'attention' | 'sign_in' | 'sending' | 'unsent' | 'delivered';

/** My own work as the sync line tells it. */
export interface UnsentWork {
  readonly state: WorkState;
  /** Records that are only on this device; of `attention`: records that somebody must look at. */
  readonly count: number;
}
