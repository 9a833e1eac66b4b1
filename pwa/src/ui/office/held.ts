import type { Code } from '../../wire/problems.ts';
import type { Kind, Place } from '../../wire/vocabulary.ts';

/** An operation that the server keeps and did not apply, as `GET /api/held` tells it. */
export interface Held {
  readonly actor: string;
  readonly seq: number;
  readonly author: string;
  readonly author_name: string;
  readonly place: Place;
  readonly kind: Kind;
  readonly doc: string;
  /** When it was written, by the clock of the device that wrote it. */
  readonly at: number;
  readonly received_at: number;
  readonly problem: Code;
  readonly fields: Readonly<Record<string, unknown>>;
}
