import { canonicalText } from '../../core/canonical.ts';
import type { Client } from '../../net/index.ts';
import type { Code } from '../../wire/problems.ts';
import type { Dot } from '../../wire/protocol.ts';
import type { Kind, Place } from '../../wire/vocabulary.ts';

/** What became of a value that somebody wrote. */
export type Standing = 'shown' | 'rival' | 'superseded' | 'held';

/** One operation of a document, as `GET /api/records/{kind}/{id}/history` tells it. */
export interface Told {
  readonly actor: string;
  readonly seq: number;
  readonly author: string;
  readonly author_name: string | null;
  readonly place: Place;
  /** `server`: decided by a command, in the author's name. */
  readonly role: string;
  readonly at: number;
  readonly received_at: number;
  readonly effective_at: number;
  readonly problem: Code | null;
  readonly closed?: {
    readonly decision: 'applied' | 'rejected' | 'released';
    readonly by: string;
    readonly at: number;
    readonly reason: string;
  };
  readonly fields: Readonly<Record<string, WrittenValue>>;
}

export interface WrittenValue {
  readonly value: unknown;
  readonly standing: Standing;
  readonly by?: Dot | null;
}

/** Every operation of a document, oldest first. */
export async function readHistory(client: Client, kind: Kind, id: string): Promise<readonly Told[]> {
  return ((await client.ask('GET', `/api/records/${kind}/${id}/history`)) ?? []) as readonly Told[];
}

/** Fields that are for machines: they say nothing to people that another field does not say. */
const SILENT: readonly string[] = ['content', 'content_sha256', 'device_signature', 'template', 'unit'];

/** The values of one operation that people read, in the order in which they were written. */
export function readable({ fields }: Told): readonly (readonly [field: string, value: WrittenValue])[] {
  const entries = Object.entries(fields);
  const said = entries.filter(([field]) => !SILENT.includes(field));
  return said.length > 0 ? said : entries;
}

/** How a value stands among all that was told of its document: what was written again with the same value is no change. */
export function seenAs(told: readonly Told[], field: string, { value, standing }: WrittenValue): Standing | 'same' {
  if (standing !== 'superseded') return standing;
  const shown = told.map(({ fields }) => fields[field]).find((one) => one?.standing === 'shown');
  return shown && canonicalText(shown.value ?? null) === canonicalText(value ?? null) ? 'same' : standing;
}

const SAME_MINUTE_MS = 60_000;

/** When an operation reached the server, where that was later than it was written: null when both were together. */
export function arrivedLater({ at, received_at }: Told): number | null {
  return received_at - at > SAME_MINUTE_MS ? received_at : null;
}
