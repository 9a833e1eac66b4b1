import { canonicalText } from '../../core/canonical.ts';
import type { Client } from '../../net/index.ts';
import type { Doc } from '../../store/index.ts';
import type { RoleGrant } from '../../wire/kinds.ts';
import type { Code } from '../../wire/problems.ts';
import type { Dot } from '../../wire/protocol.ts';
import type { Kind, Place, Role } from '../../wire/vocabulary.ts';
import { dateWords } from './days.ts';

/** The lists of a unit whose history is told as one. */
export type SetUpList = Extract<Kind, 'business_hours' | 'calendar_day' | 'district' | 'preset' | 'fee_item'>;

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
const SILENT: readonly string[] = [
  'confirmed_sha256',
  'content',
  'content_sha256',
  'device_signature',
  'template',
  'unit',
];

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

/** The role that a document gives somebody; undefined where it gives none. */
export function roleIn({ kind, fields }: Pick<Doc, 'kind' | 'fields'>): Role | undefined {
  return kind === 'role_grant' ? ((fields as RoleGrant).role ?? undefined) : undefined;
}

/** Whether a document gave somebody a role that he has no more: nothing of it is shown anywhere now. */
export function isOver({ kind, fields }: Pick<Doc, 'kind' | 'fields'>, now: number): boolean {
  const { ended_at, until_at } = fields as RoleGrant;
  return kind === 'role_grant' && (ended_at != null || (until_at != null && until_at <= now));
}

const SAME_MINUTE_MS = 60_000;

/** When an operation reached the server, where that was later than it was written: null when both were together. */
export function arrivedLater({ at, received_at }: Told): number | null {
  return received_at - at > SAME_MINUTE_MS ? received_at : null;
}

/** A document of one of a unit's lists, as `GET /api/units/{id}/history` tells it. */
export interface ToldOfList {
  readonly kind: Kind;
  readonly doc: string;
  /** As it is shown now, or was before somebody removed it. */
  readonly fields: Doc['fields'];
  readonly entries: readonly (Told & { readonly position: number })[];
}

/** One operation of a list, with the document that it changed. */
export interface ListChange {
  readonly subject: ToldOfList;
  readonly one: Told;
}

/** Everything that was written in one of a unit's lists, the newest first; what is removed is told as well. */
export async function readListHistory(client: Client, unit: string, kind: SetUpList): Promise<readonly ListChange[]> {
  const told = (await client.ask('GET', `/api/units/${unit}/history?kind=${kind}`)) ?? [];
  return (told as readonly ToldOfList[])
    .flatMap((subject) => subject.entries.map((one) => ({ subject, one })))
    .toSorted((a, b) => b.one.effective_at - a.one.effective_at || b.one.position - a.one.position);
}

/** What a document of a list is called there: a week of service hours is the only one of its kind. */
export function listName({ kind, fields }: Pick<ToldOfList, 'kind' | 'fields'>, language: string): string {
  const { text, product, name, date } = fields as ListNames;
  if (kind === 'preset') return [text, product].filter(Boolean).join(' · ');
  return [date && dateWords(date, language), name].filter(Boolean).join(' ');
}

interface ListNames {
  readonly text?: string | null;
  readonly product?: string | null;
  readonly name?: string | null;
  readonly date?: string | null;
}
