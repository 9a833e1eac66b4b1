// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { accepts, fieldsOf, isBody, isFieldsOf, isKind, isMessage } from '../../src/core/guard.ts';
import { BODY_SHAPES } from '../../src/wire/bodies.ts';
import { KIND_SHAPES } from '../../src/wire/kinds.ts';
import { MERGE_RULES } from '../../src/wire/merge_rules.ts';
import { MESSAGE_SHAPES } from '../../src/wire/protocol.ts';
import { WRITERS } from '../../src/wire/rights.ts';
import { KIND } from '../../src/wire/vocabulary.ts';

const HASH = 'a'.repeat(64);
const REPLY = {
  epoch: 'epoch1',
  lineage: [['epoch1', null, 0]],
  acked_seq: 3,
  head: HASH,
  common_seq: 3,
  actor_state: 'open',
  proto_range: [1, 1],
  schema_range: [1, 1],
  scope_version: 's1',
  server_time: 1_795_400_000_000,
  receipt_key: 'AAAA',
};

test('a message is taken as it is, with what a newer server adds', () => {
  expect(isMessage('HelloReply', REPLY)).toBe(true);
  expect(isMessage('HelloReply', { ...REPLY, weather: 'rain' })).toBe(true);
  expect(isMessage('HelloReply', { ...REPLY, lineage: [['epoch1', null, 0, 'more']] })).toBe(true);
});

test.each([
  ['a field that must be there is missing', { ...REPLY, head: undefined }],
  ['a hash is cut', { ...REPLY, head: HASH.slice(1) }],
  ['an id ends with a line break', { ...REPLY, epoch: 'epoch1\n' }],
  ['a count is negative', { ...REPLY, acked_seq: -1 }],
  ['a count is a fraction', { ...REPLY, acked_seq: 0.5 }],
  ['a count is beyond 2^53', { ...REPLY, acked_seq: 2 ** 53 }],
  ['a word is unknown', { ...REPLY, actor_state: 'asleep' }],
  ['a tuple is too short', { ...REPLY, proto_range: [1] }],
  ['a member of a list is wrong', { ...REPLY, lineage: [['epoch1', null]] }],
  ['a list is an object', { ...REPLY, lineage: {} }],
])('a message is refused when %s', (_, value) => {
  expect(isMessage('HelloReply', value)).toBe(false);
});

test('a field may be missing, and is not wrong where it stands', () => {
  const [actor, company, device, user, epoch] = ['actor', 'company', 'device', 'user', 'epoch'].map(
    (one) => `${one}-1`,
  );
  const record = { actor, company, device, user, epoch, place: 'field' };
  expect([isMessage('ActorRecord', record), isMessage('ActorRecord', { ...record, parent: 5 })]).toEqual([true, false]);
});

test.each([null, undefined, 5, 'text', [], true])('%j is no message', (value) => {
  expect(isMessage('HelloReply', value)).toBe(false);
});

describe('one line of a pull', () => {
  test('is whichever its first member says', () => {
    expect(isMessage('PullLine', ['header', 'epoch1', [['epoch1', null, 0]], false, 1])).toBe(true);
    expect(isMessage('PullLine', ['forget', 'customer', ['cust-1']])).toBe(true);
    expect(isMessage('PullLine', ['end', 'cursor', 9, false])).toBe(true);
    expect(isMessage('PullLine', ['end', 'cursor', 9, false, null])).toBe(true);
  });

  test('may carry rivals, each with its origin', () => {
    const rivals = { fault: [[['anna1', 1], '不冷', 'user-anna', 'field', 1, 1]] };
    expect(isMessage('PullLine', ['put', 'service_visit', 'visit-1', 7, { fault: '不冷' }])).toBe(true);
    expect(isMessage('PullLine', ['put', 'service_visit', 'visit-1', 7, { fault: '不冷' }, rivals])).toBe(true);
    expect(
      isMessage('PullLine', ['put', 'service_visit', 'visit-1', 7, { fault: '不冷' }, { fault: [['anna1']] }]),
    ).toBe(false);
  });

  test('is none when its first member is unknown', () => {
    expect(isMessage('PullLine', ['surprise', 'customer', 'cust-1'])).toBe(false);
  });
});

test('fields of a kind keep what this version does not know', () => {
  expect(isFieldsOf('customer', { name: '王小明', shoe_size: 42 })).toBe(true);
  expect(isFieldsOf('customer', { name: 42 })).toBe(false);
  expect(isFieldsOf('service_visit', { category: 'paid', fee_total: 0, deleted: null })).toBe(true);
  expect(isFieldsOf('service_visit', { category: 'gratis' })).toBe(false);
});

test('text is measured in characters', () => {
  expect(accepts('ShortText', '😀'.repeat(200))).toBe(true);
  expect(accepts('ShortText', '😀'.repeat(201))).toBe(false);
});

test('a text may be too short, counted in characters', () => {
  const account = { name: '許家銘', login: 'xu', unit: 'unit-1', roles: ['technician'] };
  expect(isBody('NewAccount', account)).toBe(true);
  expect(isBody('NewAccount', { ...account, login: '' })).toBe(false);
  expect(isBody('NewAccount', { ...account, name: '兩行\n' })).toBe(false);
  expect(isBody('AccountChange', {})).toBe(true);
});

test('a name that every object has is neither kind nor field nor shape', () => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    expect(isKind(name)).toBe(false);
    expect(fieldsOf('customer')).not.toContain(name);
  }
});

/** The names of shapes inside a shape: every text that is no word of a vocabulary. */
function namesIn(shape: unknown): string[] {
  if (typeof shape === 'string') return [shape];
  if (typeof shape !== 'object' || shape === null) return [];
  return Object.entries(shape).flatMap(([key, member]) => (key === 'words' ? [] : namesIn(member)));
}

test('every shape that a shape names is there', () => {
  const names = new Set(namesIn([MESSAGE_SHAPES, KIND_SHAPES, BODY_SHAPES]));
  for (const name of names) expect(() => accepts(name, null)).not.toThrow();
  expect(names.size).toBeGreaterThan(20);
  expect(() => accepts('Nonsense', null)).toThrow(RangeError);
});

test.each(KIND)('%s has a merge rule and writers for every field', (kind) => {
  const fields = Object.keys(KIND_SHAPES[kind].record).map((name) => name.replace(/\?$/, ''));
  expect(Object.keys(MERGE_RULES[kind])).toEqual(fields);
  expect(Object.keys(WRITERS[kind])).toEqual(fields);
});
