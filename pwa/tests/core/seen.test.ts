// @vitest-environment node
import { expect, test } from 'vitest';
import { isOwnEarlier } from '../../src/core/ancestry.ts';
import { fold } from '../../src/core/document.ts';
import { sameDot } from '../../src/core/dot.ts';
import { covers, type Past, type StampedOperation, supersedes } from '../../src/core/write.ts';
import { law, pairs, same, stands, writes } from './law.ts';

test('W1 nothing is covered that its author had not really seen or written', () => {
  law(({ past, admitted }) => {
    const claimed = pairs(admitted).filter(([later, earlier]) => {
      return covers(past, later.operation.origin, earlier.operation.origin) && !later.draft.sight.has(earlier.draft);
    });
    const unseen = claimed.filter(([later, earlier]) => {
      return !isOwnEarlier(past.ancestry, later.operation.origin.dot, earlier.operation.origin.dot);
    });
    expect(unseen).toEqual([]);
  });
});

test('W1 whatever was seen is covered, as long as nobody was named anew', () => {
  let seen = 0;
  law(({ past, admitted, plain }) => {
    const known = pairs(plain ? admitted : []).filter(([later, earlier]) => later.draft.sight.has(earlier.draft));
    const uncovered = known.filter(
      ([later, earlier]) => !covers(past, later.operation.origin, earlier.operation.origin),
    );
    expect(uncovered).toEqual([]);
    seen += known.length;
  });
  expect(seen).toBeGreaterThan(100);
});

/** What an operation's chain really holds before it, by way of every renaming. */
function ownPast(
  past: Past,
  operations: readonly StampedOperation[],
  { origin }: StampedOperation,
): StampedOperation[] {
  const [actor, seq] = origin.dot;
  const parts: [string, number][] = [[actor, seq - 1]];
  for (let parent = past.ancestry.get(actor); parent !== undefined; parent = past.ancestry.get(parent[0])) {
    parts.push([...parent]);
  }
  return operations.filter(({ origin: { dot } }) => parts.some(([name, last]) => dot[0] === name && dot[1] <= last));
}

test('W2 a write covers every earlier one of its own chain, through every renaming', () => {
  law(({ past, operations }) => {
    const uncovered = operations.filter((each) => {
      return ownPast(past, operations, each).some((earlier) => !covers(past, each.origin, earlier.origin));
    });
    expect(uncovered).toEqual([]);
  });
});

test('W3 a write supersedes what it covers of the same field', () => {
  law(({ past, operations }) => {
    const document = fold(past, operations);
    const revived = writes(operations).filter(([later, field]) => {
      const covered = operations.filter((each) => !same(each, later) && covers(past, later.origin, each.origin));
      return later.over[field] === undefined && covered.some((earlier) => stands(document, field, earlier));
    });
    expect(revived).toEqual([]);
  });
});

test('W4 an ordinary edit leaves the rivals that were not shown, a resolution does not', () => {
  let narrowed = 0;
  law(({ past, operations }) => {
    for (const [later, { origin }] of pairs(operations)) {
      for (const [field, named] of Object.entries(later.over)) {
        const own = isOwnEarlier(past.ancestry, later.origin.dot, origin.dot);
        const meant = later.resolve || named.some((dot) => sameDot(dot, origin.dot));
        expect(supersedes(past, later, field, origin)).toBe(own || (meant && covers(past, later.origin, origin)));
        narrowed += 1;
      }
    }
  });
  expect(narrowed).toBeGreaterThan(100);
});

test('W5 a superseded write still supersedes what it covers', () => {
  law(({ past, operations }) => {
    const document = fold(past, operations);
    const history = writes(operations).filter(([operation, field]) => !stands(document, field, operation));
    const revived = history.filter(([parent, field]) => {
      const dead = operations.filter((each) => supersedes(past, parent, field, each.origin));
      return dead.some((grandparent) => stands(document, field, grandparent));
    });
    expect(revived).toEqual([]);
  });
});
