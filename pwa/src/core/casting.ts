import { OLDEST_SCHEMA, SCHEMA } from '../wire/limits.ts';
import { ADDED } from '../wire/since.ts';
import { KIND, type Kind } from '../wire/vocabulary.ts';
import { fieldsOf } from './guard.ts';

type Added = Readonly<Record<string, Partial<Readonly<Record<Kind, readonly string[]>>>>>;

const SCHEMAS = Array.from({ length: SCHEMA - OLDEST_SCHEMA + 1 }, (_, place) => OLDEST_SCHEMA + place);

/** Schema to kind to the fields that it has; an unknown schema, and a kind that began later, has none. */
const FIELDS = new Map(
  SCHEMAS.map((schema) => [schema, new Map(KIND.map((kind) => [kind, fieldsOfSchema(schema, kind)]))]),
);

function fieldsOfSchema(schema: number, kind: Kind): ReadonlySet<string> {
  const later = Object.entries(ADDED as Added).filter(([since]) => Number(since) > schema);
  return new Set(fieldsOf(kind).filter((field) => !later.some(([, kinds]) => kinds[kind]?.includes(field))));
}

/** The fields that a kind has in a schema; none: the schema has not the kind, or nobody speaks it (SPEC O7). */
export function fieldsIn(schema: number, kind: Kind): ReadonlySet<string> {
  return FIELDS.get(schema)?.get(kind) ?? new Set();
}
