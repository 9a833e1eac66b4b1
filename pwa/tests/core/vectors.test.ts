// @vitest-environment node
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { isOwnEarlier } from '../../src/core/ancestry.ts';
import { canonicalText } from '../../src/core/canonical.ts';
import {
  extend,
  genesis,
  link,
  pushStatement,
  receiptStatement,
  signatureId,
  signatureStatement,
  stampLink,
  stampsDigest,
} from '../../src/core/chain.ts';
import { rowsOf } from '../../src/core/columns.ts';
import { combine, rowDigest } from '../../src/core/digest.ts';
import { fold } from '../../src/core/document.ts';
import { reduced } from '../../src/core/erasing.ts';
import { isConsistent, split } from '../../src/core/groups.ts';
import { contains, lineageOf, type Position } from '../../src/core/lineage.ts';
import { overlaid, type Sent, standsOnTop } from '../../src/core/overlay.ts';
import { read } from '../../src/core/reading.ts';
import { effectiveAt } from '../../src/core/stamping.ts';
import { isWellformed, normalised } from '../../src/core/wellformed.ts';
import type { Signature } from '../../src/wire/kinds.ts';
import type {
  ActorRecord,
  Dot,
  EpochLink,
  Operation,
  PullColumns,
  PullPut,
  Receipt,
  Stamp,
} from '../../src/wire/protocol.ts';
import { type Merge, operationsOf, pastOf, seen } from './merges.ts';
import { vectorsOf } from './vectors.ts';

const said = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const merges = ['merge', 'showing', 'deletes'].flatMap((topic) => vectorsOf<Merge>(topic));

describe.each(merges)('$id', (vector) => {
  const [past, operations] = [pastOf(vector), operationsOf(vector)];

  test('M1 the set of operations means the expected document', () => {
    expect(seen(fold(past, operations), vector.kind)).toEqual(vector.expect);
  });

  test('M2 order and repetition do not matter', () => {
    const backwards = operations.toReversed();
    for (const delivered of [backwards, [...operations.slice(1), ...operations], [...operations, ...backwards]]) {
      expect(seen(fold(past, delivered), vector.kind)).toEqual(vector.expect);
    }
  });
});

interface Seen {
  readonly links: readonly EpochLink[];
  readonly base: Position;
  readonly position: Position;
  readonly expect: boolean;
}

test.each(vectorsOf<Seen>('lineage'))('E2 $id', ({ links, base, position, expect: expected }) => {
  expect(contains(lineageOf(links), base, position)).toBe(expected);
});

interface Renamed {
  readonly ancestry: Readonly<Record<string, readonly [string, number]>>;
  readonly later: Dot;
  readonly earlier: Dot;
  readonly expect: boolean;
}

test.each(vectorsOf<Renamed>('ancestry'))('W2 $id', ({ ancestry, later, earlier, expect: expected }) => {
  expect(isOwnEarlier(new Map(Object.entries(ancestry)), later, earlier)).toBe(expected);
});

interface Printed {
  readonly value: unknown;
  readonly expect: string;
}

test.each(vectorsOf<Printed>('canonical', 'expect'))('A1 $id', ({ value, expect: expected }) => {
  expect(canonicalText(value)).toBe(expected);
});

test.each(vectorsOf<Printed>('canonical', 'refused'))('A1 $id', ({ value }) => {
  expect(() => canonicalText(value)).toThrow(RangeError);
});

interface Chain {
  readonly genesis: ActorRecord;
  readonly payloads: readonly string[];
  readonly head: string;
  readonly links: readonly string[];
  readonly push: { readonly actor: string; readonly last_seq: number; readonly head: string };
  readonly signature: { readonly doc: string; readonly fields: Signature };
  readonly named: Signature;
  readonly receipt: Receipt;
  readonly stamps: readonly Stamp[];
  readonly expect: string;
}

test.each(vectorsOf<Chain>('chain', 'genesis'))('A1 $id', (vector) => {
  expect(genesis(vector.genesis)).toBe(vector.expect);
});

test.each(vectorsOf<Chain>('chain', 'payloads'))('A2 $id', ({ payloads, head, links, expect: expected }) => {
  const linked = payloads.map((payload) => link(utf8ToBytes(payload)));
  expect(linked).toEqual(links);
  expect(linked.reduce(extend, head)).toBe(expected);
});

test.each(vectorsOf<Chain>('chain', 'push'))('A4 $id', ({ push, expect: expected }) => {
  expect(said(pushStatement(push.actor, push.last_seq, push.head))).toBe(expected);
});

test.each(vectorsOf<Chain>('chain', 'named'))('N4 $id', ({ named, expect: expected }) => {
  expect(signatureId(named)).toBe(expected);
});

test.each(vectorsOf<Chain>('chain', 'signature'))('N3 $id', ({ signature, expect: expected }) => {
  expect(said(signatureStatement(signature.doc, signature.fields))).toBe(expected);
});

test.each(vectorsOf<Chain>('chain', 'stamps'))('P6 $id', ({ stamps, links, expect: expected }) => {
  expect(stamps.map(stampLink)).toEqual(links);
  expect(stampsDigest(links)).toBe(expected);
});

test.each(vectorsOf<Chain>('chain', 'receipt'))('P6 $id', ({ receipt, expect: expected }) => {
  expect(said(receiptStatement(receipt))).toBe(expected);
});

interface Digest {
  readonly rows: readonly (readonly [kind: string, doc: string, position: number])[];
  readonly expect: string;
}

test.each(vectorsOf<Digest>('digest'))('F4 $id', ({ rows, expect: expected }) => {
  expect(combine(rows.map((row) => rowDigest(...row)))).toBe(expected);
});

interface Columns {
  readonly columns: PullColumns;
  readonly expect: readonly PullPut[];
}

test.each(vectorsOf<Columns>('columns'))('L7 $id', ({ columns, expect: expected }) => {
  const rows = rowsOf(columns).map(([line, kind, id, position, fields, rivals = {}]) => [
    line,
    kind,
    id,
    position,
    fields,
    rivals,
  ]);
  expect(rows).toEqual(expected);
});

interface Grouping {
  readonly following: readonly (number | null)[];
  readonly expect: readonly (readonly [number, number])[] | null;
  readonly consistent?: readonly boolean[];
}

test.each(vectorsOf<Grouping>('groups'))('G1 $id', ({ following, expect: expected, consistent = [] }) => {
  const groups = split(following);
  expect(groups).toEqual(expected);
  expect((groups ?? []).map((group) => isConsistent(following.slice(...group)))).toEqual(consistent);
});

interface Stamping {
  readonly at: number;
  readonly offset_ms: number;
  readonly floor: number;
  readonly received_at: number;
  readonly expect: number;
}

test.each(vectorsOf<Stamping>('stamping'))('T3 $id', ({ at, offset_ms, floor, received_at, expect: expected }) => {
  expect(effectiveAt(at, offset_ms, floor, received_at)).toBe(expected);
});

interface Text {
  readonly text: string;
  readonly normalised: string;
  readonly expect: boolean;
}

test.each(vectorsOf<Text>('wellformed'))('O3 $id', ({ text, normalised: mended, expect: expected }) => {
  expect(isWellformed(text)).toBe(expected);
  expect(normalised(text)).toBe(mended);
  expect(isWellformed(mended)).toBe(true);
});

interface Erasing {
  readonly payload: string;
  readonly expect: string;
}

test.each(vectorsOf<Erasing>('erasing'))('Y1 $id', ({ payload, expect: expected }) => {
  expect(reduced(payload)).toBe(expected);
  expect(reduced(expected)).toBe(expected);
});

interface Overlay extends Sent {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly pending: readonly Readonly<Record<string, unknown>>[];
  readonly row_position: number | null;
  readonly settled: boolean;
  readonly expect: unknown;
}

test.each(vectorsOf<Overlay>('overlay', 'pending'))('V1 $id', ({ fields, pending, expect: expected }) => {
  const operations = pending.map((each): Operation => [1, 'service_visit', 'visit-1', [0, 'epoch1'], 1, 0, each]);
  expect(overlaid(fields, operations)).toEqual(expected);
});

test.each(vectorsOf<Overlay>('overlay', 'row_position'))(
  'V2 $id',
  ({ row_position, settled, expect: due, ...sent }) => {
    expect(standsOnTop(sent, row_position, settled)).toBe(due);
  },
);

interface Payload {
  readonly payload?: string | readonly (readonly [text: string, times: number])[];
  readonly hex?: string;
  readonly expect: {
    readonly following: number | null;
    readonly fault: string | null;
    readonly fields?: Readonly<Record<string, unknown>>;
  };
}

function bytesOf({ payload = '', hex }: Payload): Uint8Array {
  if (hex !== undefined) return hexToBytes(hex);
  return utf8ToBytes(
    typeof payload === 'string' ? payload : payload.map(([text, times]) => text.repeat(times)).join(''),
  );
}

test.each(vectorsOf<Payload>('reading'))('O2 $id', (vector) => {
  const { following, fault, fields } = vector.expect;
  const reading = read(bytesOf(vector));
  expect(reading).toMatchObject({ following, fault });
  if (fields !== undefined) expect(reading.operation?.[6]).toEqual(fields);
});

test('O2 nesting beyond all bounds is held', () => {
  const deep = `[1,"customer","cust-1",[0,"epoch1"],1,0,{"note":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`;
  expect(read(utf8ToBytes(deep))).toEqual({ following: 0, operation: null, fault: 'operation.malformed' });
});

test('A2 the hash of nothing is the one that everybody knows', () => {
  expect(bytesToHex(hexToBytes(link(new Uint8Array())))).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});
