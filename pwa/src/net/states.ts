/** Something is being done with the office. */
export const WORKING = ['hello', 'offering', 'pushing', 'pulling', 'blobs', 'leaving'] as const;
export type Working = (typeof WORKING)[number];

/** Nothing is done until something happens. */
export const RESTING = ['idle', 'waiting', 'sign_in', 'revoked', 'outdated'] as const;
export type Resting = (typeof RESTING)[number];

export type SyncState = Working | Resting;

/** What happens outside while the line rests; what happens while it works is taken up when it rests again. */
export const NUDGES = ['started', 'signed_in', 'retried', 'returned', 'captured', 'poked'] as const;
export type Nudge = (typeof NUDGES)[number];

/** How a step ended. `parted`: the office stands elsewhere than was thought, say hello. `interrupted`: records first. */
export const OUTCOMES = ['done', 'parted', 'interrupted', 'lost', 'session_ended', 'revoked', 'outdated'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const STOPPED = {
  parted: 'hello',
  interrupted: 'pushing',
  lost: 'waiting',
  session_ended: 'leaving',
  revoked: 'leaving',
  outdated: 'outdated',
} as const;

/** Only the office's door for stopped devices knows whether a session ended because somebody closed the account. */
const LEFT = {
  parted: 'waiting',
  interrupted: 'waiting',
  lost: 'waiting',
  session_ended: 'sign_in',
  revoked: 'revoked',
  outdated: 'outdated',
} as const;

/** Where a step leads: records go first, then rows come, then files go; who is stopped hands in and leaves. */
export const AFTER_STEP: Readonly<Record<Working, Readonly<Record<Outcome, SyncState>>>> = {
  hello: { ...STOPPED, done: 'offering' },
  offering: { ...STOPPED, done: 'pushing' },
  pushing: { ...STOPPED, done: 'pulling' },
  pulling: { ...STOPPED, done: 'blobs' },
  blobs: { ...STOPPED, done: 'idle' },
  leaving: { ...LEFT, done: 'sign_in' },
};

const ALL_HELLO = {
  started: 'hello',
  signed_in: 'hello',
  retried: 'hello',
  returned: 'hello',
  captured: 'hello',
  poked: 'hello',
} as const;

const blocked = <State extends Resting>(state: State) =>
  ({ ...ALL_HELLO, returned: state, captured: state, poked: state }) as const;

/** Where a nudge leads. A captured record goes at once, but never past a person whose session is over. */
export const WHEN_RESTING: Readonly<Record<Resting, Readonly<Record<Nudge, SyncState>>>> = {
  idle: { ...ALL_HELLO, captured: 'pushing', poked: 'pulling' },
  waiting: ALL_HELLO,
  sign_in: blocked('sign_in'),
  revoked: blocked('revoked'),
  outdated: blocked('outdated'),
};

export function isWorking(state: SyncState): state is Working {
  return WORKING.some((one) => one === state);
}
