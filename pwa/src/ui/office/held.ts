import type { Client } from '../../net/index.ts';
import type { Code } from '../../wire/problems.ts';
import type { Place } from '../../wire/vocabulary.ts';
import type { heldReasons } from '../text/inbox.ts';
import type { Sentences } from '../text/sentences.ts';
import { type Kept, keepNothing, keepReading, type Reading } from './reading.ts';

/** An operation that the server keeps and did not apply, as `GET /api/held` tells it. */
export interface Held {
  readonly actor: string;
  readonly seq: number;
  readonly author: string;
  readonly author_name: string | null;
  readonly place: Place;
  readonly problem: Code;
  readonly received_at: number;
  /** By the clock of whoever wrote it; with `kind`, `doc` and `fields` null where nobody can read it as an operation. */
  readonly at: number | null;
  readonly kind: string | null;
  readonly doc: string | null;
  readonly fields: Readonly<Record<string, unknown>> | null;
  /** The beginning of what could not be read. */
  readonly raw: string | null;
  /** The fields that whoever asks could write in his own name. */
  readonly applicable: readonly string[];
  /** Where it was written. */
  readonly device: string;
  /** The seq of the last operation that stands or falls with it. */
  readonly group: number;
}

export type HeldDecision = 'apply' | 'reject';

/** Every held operation of the person's units that nobody has decided about. */
export async function readHeld(client: Client): Promise<readonly Held[]> {
  return ((await client.ask('GET', '/api/held')) ?? []) as readonly Held[];
}

/** Writes a held operation in one's own name, or closes it; the original stays in the log either way. */
export async function decideHeld(client: Client, held: Held, decision: HeldDecision, reason: string): Promise<void> {
  await client.ask('POST', `/api/held/${held.actor}/${held.seq}/${decision}`, { reason });
}

/** Lets a quarantined entry count as its author's work, with what it stands on; gives how many entries that were. */
export async function releaseHeld(client: Client, held: Held, reason: string): Promise<number> {
  const path = `/api/held/${held.actor}/${held.seq}/release`;
  return ((await client.ask('POST', path, { reason })) as { readonly entries: number }).entries;
}

/** Whether nothing else is wrong with it than that its device was stopped. */
export function isQuarantined({ problem }: Held): boolean {
  return problem === 'operation.quarantine';
}

/** Why it was not applied, told to those who decide about it. */
export function heldReason(
  { problem }: Held,
  reasons: ReturnType<typeof heldReasons.get>,
  sentences: Sentences,
): string {
  return Object.hasOwn(reasons, problem) ? reasons[problem as keyof typeof reasons] : sentences[problem];
}

/** What is held as far as it was read. */
export type HeldList = Reading<Held>;

/** Keeps the held operations in step while somebody looks; who may not decide about them has none. */
export function keepHeld(client: Client, mayRead: boolean): Kept<Held> {
  return mayRead ? keepReading(client, () => readHeld(client)) : keepNothing();
}
