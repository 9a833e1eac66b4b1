// @vitest-environment node
import { utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultOf, read } from '../../src/core/reading.ts';
import { KIND_SHAPES } from '../../src/wire/kinds.ts';
import { SCHEMA } from '../../src/wire/limits.ts';
import type { Operation } from '../../src/wire/protocol.ts';
import { KIND, type Kind } from '../../src/wire/vocabulary.ts';
import './chance.ts';

const name = fc.stringMatching(/^[0-9a-z][0-9a-z_-]{3,39}$/);
const value = fc.oneof(fc.constant(null), fc.boolean(), fc.maxSafeInteger(), fc.string(), fc.array(fc.nat()));

function operation(over: { schema?: number; kind?: string; fields?: Record<string, unknown> }): Operation {
  const { schema = SCHEMA, kind = 'service_visit', fields = { fault: '不冷' } } = over;
  return [schema, kind, 'visit-1', [0, 'epoch1'], 1_795_400_000_000, 0, fields];
}

/** What is said of an operation's bytes, and, since the phone asks before it captures, of the operation itself. */
function fault(written: Operation): string | null {
  const said = read(utf8ToBytes(JSON.stringify(written))).fault;
  expect(faultOf(written)).toBe(said);
  return said;
}

const fieldsOf = (kind: Kind) => Object.keys(KIND_SHAPES[kind].record).map((field) => field.replace(/\?$/, ''));

test('O4 an unknown kind is held', () => {
  const unknown = fc.oneof(name, fc.constantFrom('constructor', '__proto__', 'toString'));
  fc.assert(
    fc.property(unknown, (kind) => {
      fc.pre(!(KIND as readonly string[]).includes(kind));
      expect(fault(operation({ kind }))).toBe('operation.kind');
    }),
  );
});

test('O4 an unknown field is held, whatever else the operation holds', () => {
  const unknown = fc.oneof(name, fc.constantFrom('constructor', 'toString', 'Fault', 'fault?'));
  fc.assert(
    fc.property(fc.constantFrom(...KIND), unknown, value, (kind, field, held) => {
      fc.pre(!fieldsOf(kind).includes(field));
      expect(fault(operation({ kind, fields: { [field]: held, unit: 'unit-1' } }))).toBe('operation.field');
    }),
  );
  expect(fault(operation({ fields: {} }))).toBe('operation.field');
});

test('O4 a newer schema is held, whatever is in it', () => {
  fc.assert(
    fc.property(fc.integer({ min: SCHEMA + 1, max: Number.MAX_SAFE_INTEGER }), name, value, (schema, word, held) => {
      expect(fault(operation({ schema, kind: word, fields: { [word]: held } }))).toBe('operation.schema');
    }),
  );
});

test('O7 an operation is read by the schema that it names', () => {
  expect(fault(operation({ schema: 2, kind: 'photo', fields: { caption: '銘牌' } }))).toBeNull();
  expect(fault(operation({ schema: 1, kind: 'photo', fields: { caption: '銘牌' } }))).toBe('operation.kind');
  expect(fault(operation({ schema: 1, kind: 'customer', fields: { name: '陳美惠' } }))).toBeNull();
});

test.each(KIND)('O5 a value of another type is held: %s', (kind) => {
  const misfits = [{}, [], { a: 1 }, 0.5, -(2 ** 53)];
  for (const field of fieldsOf(kind)) {
    for (const misfit of misfits)
      expect(fault(operation({ kind, fields: { [field]: misfit } }))).toBe('operation.value');
    expect(fault(operation({ kind, fields: { [field]: null } }))).toBeNull();
  }
});

test.each([
  ['an id with a capital', 'service_visit', { call: 'Call-1' }],
  ['an id that is too short', 'service_visit', { call: 'abc' }],
  ['an id behind which a line ends', 'service_visit', { call: 'call-1\n' }],
  ['a word of no vocabulary', 'service_visit', { category: 'gratis' }],
  ['less than nothing to pay', 'service_visit', { fee_total: -1 }],
  ['an instant as text', 'service_visit', { arrived_at: '1795400000000' }],
  ['a text that is too long', 'customer', { name: '王'.repeat(201) }],
  ['a hash that was cut', 'signature', { content_sha256: 'a'.repeat(63) }],
])('O5 %s is held', (_, kind, fields) => {
  expect(fault(operation({ kind, fields }))).toBe('operation.value');
});

test('O6 what is said of an operation is the same in whatever company it is read', () => {
  const sound = fc.constantFrom(operation({}), operation({ kind: 'customer', fields: { name: '王小明' } }));
  const faulty = fc.oneof(
    name.map((kind) => operation({ kind })),
    fc.tuple(name, value).map(([field, held]) => operation({ fields: { [field]: held } })),
  );
  const bytes = fc.oneof(
    fc.oneof(sound, faulty).map((each) => utf8ToBytes(JSON.stringify(each))),
    fc.uint8Array({ maxLength: 60 }),
  );
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 12 }), fc.nat(), (payloads, place) => {
      const alone = payloads.map((payload) => read(payload.slice()));
      const turned = [...payloads.slice(place % 12), ...payloads.slice(0, place % 12)];
      const among = new Map(turned.map((payload) => [payload, read(payload)] as const));
      expect(payloads.map((payload) => among.get(payload))).toEqual(alone);
    }),
  );
});
