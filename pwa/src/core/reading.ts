import { MAX_OPERATION_BYTES, OLDEST_SCHEMA, SCHEMA } from '../wire/limits.ts';
import type { Code } from '../wire/problems.ts';
import type { Operation } from '../wire/protocol.ts';
import type { Kind } from '../wire/vocabulary.ts';
import { fieldsIn } from './casting.ts';
import { isFieldsOf, isKind, isMessage } from './guard.ts';
import { everyText, isWellformed, isWellformedValue, isWhole } from './wellformed.ts';

/** An operation's bytes as far as they could be read: the operation, or the code of its fault. */
export interface Reading {
  readonly following: number | null;
  readonly operation: Operation | null;
  readonly fault: Code | null;
}

const FOLLOWING = /^\[\d+,"[^"]*","[^"]*",\[\d+,"[^"]*"\],\d+,(\d{1,4}),/;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The operation that the bytes hold, or the fault for which it is held (SPEC O1 to O7); never throws.
 *
 * A fault of an operation depends on nothing but its own bytes.
 */
export function read(payload: Uint8Array): Reading {
  const parsing = parsed(payload);
  if (typeof parsing === 'string') return unreadable(followingOf(payload), parsing);
  const { json } = parsing;
  if (!isMessage('Operation', json)) return unreadable(followingOf(payload), 'operation.malformed');
  if (!isWellformed(json[1])) return unreadable(json[5], 'operation.text');
  return { following: json[5], operation: json, fault: faultOf(json) };
}

/** Why this version cannot apply an operation, or null: what the phone asks before it captures. */
export function faultOf([schema, kind, , , , , fields]: Operation): Code | null {
  if (schema > SCHEMA || schema < OLDEST_SCHEMA) return 'operation.schema';
  if (!isKind(kind)) return 'operation.kind';
  const known = fieldsIn(schema, kind);
  return known.size > 0 ? faultOfFields(kind, known, fields) : 'operation.kind';
}

function faultOfFields(kind: Kind, known: ReadonlySet<string>, fields: Operation[6]): Code | null {
  const names = Object.keys(fields);
  if (names.length === 0 || !names.every((name) => known.has(name))) return 'operation.field';
  if (!isFieldsOf(kind, fields)) return 'operation.value';
  return isWellformedValue(fields) ? null : 'operation.text';
}

function unreadable(following: number | null, fault: Code): Reading {
  return { following, operation: null, fault };
}

/** The JSON of the bytes, or why there is none; an escape may name half a character, which Python does not read. */
function parsed(payload: Uint8Array): { readonly json: unknown } | Code {
  if (payload.length > MAX_OPERATION_BYTES) return 'operation.malformed';
  const text = textOf(payload);
  if (text === null) return 'operation.text';
  try {
    const json: unknown = JSON.parse(text);
    return everyText(json, isWhole) ? { json } : 'operation.text';
  } catch {
    return 'operation.malformed';
  }
}

function textOf(payload: Uint8Array): string | null {
  try {
    return UTF8.decode(payload);
  } catch {
    return null;
  }
}

function followingOf(payload: Uint8Array): number | null {
  const found = FOLLOWING.exec(new TextDecoder('latin1').decode(payload.subarray(0, 512)));
  return found?.[1] === undefined ? null : Number(found[1]);
}
