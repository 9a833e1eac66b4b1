import { BODY_SHAPES, type Bodies } from '../wire/bodies.ts';
import { KIND_SHAPES, type Kinds } from '../wire/kinds.ts';
import { MESSAGE_SHAPES, type Messages } from '../wire/protocol.ts';
import { SCALAR_SHAPES } from '../wire/scalars.ts';
import { VOCABULARY_SHAPES } from '../wire/vocabulary.ts';

interface Limits {
  readonly integer: readonly [least: number, most: number];
  /** Fewest and most characters. */
  readonly text: readonly [least: number, most: number];
  readonly pattern: RegExp;
  readonly words: readonly unknown[];
  readonly maybe: Shape;
  readonly either: readonly Shape[];
  readonly list: Shape;
  readonly map: Shape;
  readonly row: readonly Shape[];
  readonly least: number;
  readonly record: Readonly<Record<string, Shape>>;
}

/** What a value must be: the name of a shape, or limits that it keeps all; no limit admits anything. */
export type Shape = string | Partial<Limits>;

const NAMED: Readonly<Record<string, Shape>> = {
  any: {},
  flag: { words: [true, false] },
  ...SCALAR_SHAPES,
  ...VOCABULARY_SHAPES,
  ...MESSAGE_SHAPES,
  ...BODY_SHAPES,
};

const CHECKS: { readonly [Key in keyof Limits]: (value: unknown, limit: Limits[Key]) => boolean } = {
  integer: (value, [least, most]) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  text: (value, limits) => typeof value === 'string' && isOfLength(value, limits),
  pattern: (value, pattern) => typeof value === 'string' && pattern.test(value),
  words: (value, words) => words.includes(value),
  maybe: (value, shape) => value === null || accepts(shape, value),
  either: (value, shapes) => shapes.some((shape) => accepts(shape, value)),
  list: (value, shape) => Array.isArray(value) && value.every((member) => accepts(shape, member)),
  map: (value, shape) => isObject(value) && Object.values(value).every((member) => accepts(shape, member)),
  row: (value, shapes) =>
    Array.isArray(value) && shapes.every((shape, i) => i >= value.length || accepts(shape, value[i])),
  least: (value, least) => Array.isArray(value) && value.length >= least,
  record: (value, fields) =>
    isObject(value) && Object.entries(fields).every(([name, shape]) => has(value, name, shape)),
};

/** Code points are counted only where code units do not settle it. */
function isOfLength(text: string, [least, most]: readonly [number, number]): boolean {
  if (text.length >= 2 * least && text.length <= most) return true;
  const characters = [...text].length;
  return characters >= least && characters <= most;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field whose name ends with a question mark may be absent. */
function has(value: Readonly<Record<string, unknown>>, name: string, shape: Shape): boolean {
  const optional = name.endsWith('?');
  const member = value[optional ? name.slice(0, -1) : name];
  return member === undefined ? optional : accepts(shape, member);
}

/**
 * Tells whether a value has a shape; fields and members that the shape does not name are left alone.
 *
 * Throws `RangeError` for the name of no shape.
 */
export function accepts(shape: Shape, value: unknown): boolean {
  if (typeof shape === 'string') return accepts(named(shape), value);
  return Object.entries(shape).every(([key, limit]) => {
    const check = CHECKS[key as keyof Limits] as (value: unknown, limit: unknown) => boolean;
    return check(value, limit);
  });
}

function named(name: string): Shape {
  const shape = NAMED[name];
  if (shape === undefined) throw new RangeError(`no shape is named ${name}`);
  return shape;
}

/** Tells whether a value from an untrusted door is that message of the protocol. */
export function isMessage<Name extends keyof Messages>(name: Name, value: unknown): value is Messages[Name] {
  return accepts(name, value);
}

/** Tells whether a value from an untrusted door is what that body of a route beside the protocol must be. */
export function isBody<Name extends keyof Bodies>(name: Name, value: unknown): value is Bodies[Name] {
  return accepts(name, value);
}

/** Tells whether a name from an untrusted door is a kind that this version knows. */
export function isKind(name: string): name is keyof Kinds {
  return Object.hasOwn(KIND_SHAPES, name);
}

/** The fields that a kind has in this version. */
export function fieldsOf(kind: keyof Kinds): readonly string[] {
  return Object.keys(KIND_SHAPES[kind].record).map((field) => field.replace('?', ''));
}

/** Tells whether every field that a kind knows holds what it may hold. */
export function isFieldsOf<Name extends keyof Kinds>(kind: Name, fields: unknown): fields is Kinds[Name] {
  return accepts(KIND_SHAPES[kind], fields);
}
