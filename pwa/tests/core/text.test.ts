// @vitest-environment node
import { utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../src/core/canonical.ts';
import { extend, genesis, link } from '../../src/core/chain.ts';
import { combine, rowDigest, ZERO } from '../../src/core/digest.ts';
import { isConsistent, split } from '../../src/core/groups.ts';
import { faultOf, read } from '../../src/core/reading.ts';
import { effectiveAt } from '../../src/core/stamping.ts';
import { isWellformed, normalised } from '../../src/core/wellformed.ts';
import type { Operation } from '../../src/wire/protocol.ts';
import './chance.ts';

const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
const text = fc.string({ unit: 'grapheme' });
const key = fc.string({ unit: 'grapheme-ascii', maxLength: 8 });
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    text,
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('json'), { maxLength: 4 }),
  object: fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
}));
const hash = fc.uint8Array({ maxLength: 8 }).map(link);

test('A1 canonical text reads back as the same value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalText(JSON.parse(canonicalText(value)))).toBe(canonicalText(value));
      expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('A1 the order in which members were set does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, json), { maxLength: 6 }), (members) => {
      const object = Object.fromEntries(members);
      expect(canonicalText(Object.fromEntries(Object.entries(object).toReversed()))).toBe(canonicalText(object));
    }),
  );
});

test('A1 what is no JSON value of both languages is refused', () => {
  for (const value of [undefined, () => 0, Symbol('s'), 1n]) expect(() => canonicalText(value)).toThrow(TypeError);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0.1])
    expect(() => canonicalText(value)).toThrow(RangeError);
});

test('A1 a chain begins differently for whoever differs in anything', () => {
  const record = {
    actor: 'actor-1',
    company: 'acme',
    device: 'device-1',
    user: 'user-1',
    place: 'field',
    epoch: 'epoch1',
  } as const;
  const others = [
    { ...record, actor: 'actor-2' },
    { ...record, company: 'acme-2' },
    { ...record, place: 'office' as const },
    { ...record, parent: 'actor-0' },
    { ...record, parent: 'actor-0', parent_seq: 1 },
    { ...record, parent: 'actor-0', parent_seq: 1, parent_head: ZERO },
  ];
  expect(new Set([record, ...others].map(genesis)).size).toBe(7);
  expect(genesis({ ...record, parent: null, parent_seq: 0, parent_head: null })).toBe(genesis(record));
});

test('A2 a change anywhere in a chain changes its head', () => {
  fc.assert(
    fc.property(fc.array(hash, { minLength: 1, maxLength: 8 }), hash, fc.nat(), (links, other, place) => {
      const changed = links.with(place % links.length, other);
      const same = links[place % links.length] === other;
      expect(changed.reduce(extend, ZERO) === links.reduce(extend, ZERO)).toBe(same);
    }),
  );
});

test('F4 the digest of a set is the same in any order, and a row can be taken out', () => {
  const row = fc.tuple(fc.constantFrom('customer', 'asset'), fc.constantFrom('doc-1', 'doc-2'), fc.nat());
  fc.assert(
    fc.property(fc.array(row), row, (rows, last) => {
      const digests = rows.map((each) => rowDigest(...each));
      expect(combine(digests.toReversed())).toBe(combine(digests));
      expect(combine([combine([...digests, rowDigest(...last)]), rowDigest(...last)])).toBe(combine(digests));
    }),
  );
});

test('G1 groups are found by what follows them, and a cut one is seen', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1 }), (sizes) => {
      const following = sizes.flatMap((size) => Array.from({ length: size }, (_, i) => size - 1 - i));
      const groups = split(following) ?? [];
      expect(groups.map(([start, end]) => end - start)).toEqual(sizes);
      expect(groups.every((group) => isConsistent(following.slice(...group)))).toBe(true);
      const last = sizes.at(-1) ?? 1;
      if (last > 1) expect(split(following.slice(0, -1))).toBeNull();
    }),
  );
});

test('T3 an estimate lies between what was seen and the receipt', () => {
  const instant = fc.nat({ max: 4_102_444_800_000 });
  fc.assert(
    fc.property(instant, fc.integer(), instant, instant, (at, offset, one, other) => {
      const [floor, received] = [Math.min(one, other), Math.max(one, other)];
      const estimate = effectiveAt(at, offset, floor, received);
      expect(estimate).toBeGreaterThanOrEqual(floor);
      expect(estimate).toBeLessThanOrEqual(received);
    }),
  );
});

test('O3 whatever was typed is well-formed once it is normalised, and stays so', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const mended = normalised(typed);
      expect(isWellformed(mended)).toBe(true);
      expect(normalised(mended)).toBe(mended);
      if (isWellformed(typed)) expect(mended).toBe(typed);
    }),
  );
});

test('O2 no bytes whatever stop the reader', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), anyText.map(utf8ToBytes)), (payload) => {
      expect(read(payload).fault).not.toBeNull();
    }),
  );
});

test('O2 a damaged operation is read or named', () => {
  const sound = utf8ToBytes('[1,"customer","cust-1",[3,"epoch1"],1795400000000,0,{"name":"王小明","note":"有狗"}]');
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.nat(255), (place, byte) => {
      const { operation, fault } = read(sound.with(place, byte));
      expect(operation === null && fault === null).toBe(false);
    }),
  );
});

test('O3 what the phone normalises is never held for its text', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const note = normalised(typed).slice(0, 40);
      const operation: Operation = [1, 'customer', 'cust-1', [3, 'epoch1'], 1, 0, { note: normalised(note) }];
      const reading = read(utf8ToBytes(JSON.stringify(operation)));
      expect(reading).toEqual({ following: 0, operation, fault: null });
      expect(faultOf(operation)).toBeNull();
    }),
  );
});
