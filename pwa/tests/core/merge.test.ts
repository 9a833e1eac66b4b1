// @vitest-environment node
import { expect, test } from 'vitest';
import {
  apply,
  type Document,
  EMPTY,
  fold,
  isDeleted,
  needsHistory,
  rivals,
  shownFields,
} from '../../src/core/document.ts';
import { compareDots, dotKey } from '../../src/core/dot.ts';
import { covers, type Past, type StampedOperation, supersedes } from '../../src/core/write.ts';
import type { History } from './history.ts';
import { law, lawOfDeliveries, same, stands, writes } from './law.ts';
import { RULES } from './world.ts';

test('the played histories contain what the laws speak of', () => {
  const met = { rivals: 0, over: 0, resolved: 0, renamed: 0, readmitted: 0, epochs: 0, groups: 0, contested: 0 };
  law(({ past, admitted, operations }) => {
    const document = fold(past, operations);
    met.rivals += rivals(document).size;
    met.over += operations.filter((each) => Object.keys(each.over).length > 0).length;
    met.resolved += operations.filter((each) => each.resolve).length;
    met.renamed += past.ancestry.size;
    met.readmitted += operations.filter((each) => each.origin.positions.length > 1).length;
    met.epochs += past.lineage.size - 1;
    met.groups += admitted.filter((each) => each.draft.following > 0).length;
    met.contested += document.contested.length;
  });
  expect(Object.entries(met).filter(([, times]) => times < 25)).toEqual([]);
});

test('M1 repetition does not matter', () => {
  law(({ past, operations }) => {
    expect(fold(past, [...operations, ...operations])).toEqual(fold(past, operations));
  });
});

test('M2 the order of delivery does not matter', () => {
  lawOfDeliveries(({ past, operations }, delivered) => {
    expect(fold(past, delivered)).toEqual(fold(past, operations));
  });
});

/** Tells whether an operation was newer than all before it when it came, which is what `apply` is for. */
function isNewest(past: Past, before: readonly StampedOperation[], operation: StampedOperation): boolean {
  return before.every((each) => !covers(past, each.origin, operation.origin) && !same(each, operation));
}

function applied({ past, operations }: History): number {
  let document: Document = EMPTY;
  let times = 0;
  for (const [i, newest] of operations.entries()) {
    const folded = fold(past, operations.slice(0, i + 1));
    if (isNewest(past, operations.slice(0, i), newest) && !needsHistory(document, newest)) {
      expect(apply(past, document, newest)).toEqual(folded);
      times += 1;
    }
    document = folded;
  }
  return times;
}

test('M3 applying an operation that is newer than all others is folding the whole set', () => {
  let times = 0;
  law((history) => {
    times += applied(history);
  });
  expect(times).toBeGreaterThan(1_000);
});

test('M4 the grouping of deliveries does not matter', () => {
  lawOfDeliveries(({ past, operations }, delivered) => {
    const replica = new Map<string, StampedOperation>();
    let document: Document = EMPTY;
    for (let size = 1; delivered.length > 0; size = 1 + (size % 4)) {
      for (const each of delivered.splice(0, size)) replica.set(dotKey(each.origin.dot), each);
      document = fold(past, replica.values());
    }
    expect(document).toEqual(fold(past, operations));
  });
});

test('M5 every value stands or was superseded by a write that covers it', () => {
  law(({ past, operations }) => {
    const document = fold(past, operations);
    const lost = writes(operations).filter(([operation, field]) => {
      const writers = operations.filter((other) => Object.hasOwn(other.fields, field) && !same(other, operation));
      const replaced = writers.some((other) => covers(past, other.origin, operation.origin));
      return !replaced && !stands(document, field, operation);
    });
    expect(lost).toEqual([]);
  });
});

test('R1 a field holds the writes that no write supersedes, ordered by dot', () => {
  law(({ past, operations }) => {
    for (const [field, register] of fold(past, operations).registers) {
      const writers = operations.filter((each) => Object.hasOwn(each.fields, field));
      const standing = writers.filter(({ origin }) => !writers.some((other) => supersedes(past, other, field, origin)));
      const dots = standing.map((each) => each.origin.dot).sort(compareDots);
      expect(register.map((write) => write.origin.dot)).toEqual(dots);
      expect(dots.length).toBeGreaterThan(0);
    }
  });
});

test('R2 only different values are rivals', () => {
  law(({ past, operations }) => {
    const document = fold(past, operations);
    const different = [...document.registers].filter(
      ([, register]) => new Set(register.map((write) => write.value)).size > 1,
    );
    expect([...rivals(document).keys()]).toEqual(different.map(([field]) => field));
  });
});

test('D1 a tombstone is contested by exactly the edits that neither had seen it nor were seen by it', () => {
  law(({ past, operations }) => {
    const document = fold(past, operations);
    const tombstones = operations.filter((each) => each.fields.deleted === true && stands(document, 'deleted', each));
    const edits = operations.filter((each) => each.fields.deleted !== true);
    const contested = tombstones.filter(({ origin }) =>
      edits.some((edit) => !covers(past, origin, edit.origin) && !covers(past, edit.origin, origin)),
    );
    expect(document.contested).toEqual(contested.map((each) => each.origin.dot).sort(compareDots));
    expect(isDeleted(document)).toBe(tombstones.length > contested.length);
  });
});

test('D2 a delete over existing writes is never applied without their history', () => {
  let refused = 0;
  law(({ past, operations }) => {
    for (const [i, operation] of operations.entries()) {
      const document = fold(past, operations.slice(0, i));
      if (operation.fields.deleted !== true || document.registers.size === 0) continue;
      expect(() => apply(past, document, operation)).toThrow(RangeError);
      refused += 1;
    }
  });
  expect(refused).toBeGreaterThan(20);
});

/** The history as it stands after the server was put back to `fork` and everybody offered again what it had lost. */
function healed({ past, operations }: History, fork: number): readonly [Past, StampedOperation[]] {
  const epoch = [...past.lineage.keys()].at(-1) ?? '';
  const lineage = new Map([...past.lineage, ['healed', ['healed', epoch, fork] as const]]);
  const lost = ({ origin }: StampedOperation) => origin.positions.every(([n, of]) => of === epoch && n > fork);
  const again = operations.map((each, i) => {
    const positions = [...each.origin.positions, [fork + i + 1, 'healed'] as const];
    return lost(each) ? { ...each, origin: { ...each.origin, positions } } : each;
  });
  return [{ ...past, lineage }, again];
}

test('T2 a server that was put back and healed shows what it showed', () => {
  law((history) => {
    const before = fold(history.past, history.operations);
    for (const fork of [0, 3, 7]) {
      const after = fold(...healed(history, fork));
      expect(shownFields(after, RULES)).toEqual(shownFields(before, RULES));
      expect([...rivals(after).keys()]).toEqual([...rivals(before).keys()]);
      expect(after.contested).toEqual(before.contested);
    }
  });
});
