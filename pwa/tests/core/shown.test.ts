// @vitest-environment node
import { expect, test } from 'vitest';
import { canonicalText } from '../../src/core/canonical.ts';
import { asks, fold, rivals, shownFields } from '../../src/core/document.ts';
import { compareDots } from '../../src/core/dot.ts';
import { overlaid } from '../../src/core/overlay.ts';
import { type Register, shown } from '../../src/core/register.ts';
import type { Write } from '../../src/core/write.ts';
import type { Show } from '../../src/wire/merge_rules.ts';
import type { Operation } from '../../src/wire/protocol.ts';
import { law } from './law.ts';
import { type Field, RULES } from './world.ts';

function byAge(one: Write, other: Write): number {
  return one.origin.effectiveAt - other.origin.effectiveAt || compareDots(one.origin.dot, other.origin.dot);
}

/** Asserts which write of a register a rule shows; `expected` is handed the writes from the oldest to the latest. */
function lawOfShowing(show: Show, expected: (oldestFirst: Register) => Write | undefined): void {
  let choices = 0;
  law(({ past, operations }) => {
    for (const register of fold(past, operations).registers.values()) {
      expect(shown(register, { show, ask: false })).toBe(expected([...register].sort(byAge)));
      choices += register.length - 1;
    }
  });
  expect(choices).toBeGreaterThan(100);
}

test('S1 latest shows the greatest (effective at, dot)', () => {
  lawOfShowing('latest', (register) => register.at(-1));
});

test('S2 first shows the least (effective at, dot)', () => {
  lawOfShowing('first', (register) => register[0]);
});

test('S3 field shows the latest of the field, else the latest', () => {
  lawOfShowing('field', (register) => register.findLast((write) => write.origin.place === 'field') ?? register.at(-1));
});

test('S4 office shows the latest of the office, else the latest', () => {
  lawOfShowing(
    'office',
    (register) => register.findLast((write) => write.origin.place === 'office') ?? register.at(-1),
  );
});

test('S5 a person is asked where the rule says so and rivals stand', () => {
  law(({ past, operations }) => {
    const document = fold(past, operations);
    const due = [...rivals(document).keys()].filter((field) => RULES[field as Field].ask);
    expect(asks(document, RULES).filter((field) => field !== 'deleted' || due.includes(field))).toEqual(due);
  });
});

test('M5 what is shown is one of the values that stand', () => {
  law(({ past, operations }) => {
    const document = fold(past, operations);
    for (const [field, value] of Object.entries(shownFields(document, RULES))) {
      const values = document.registers.get(field)?.map((write) => canonicalText(write.value));
      expect(values).toContain(canonicalText(value));
    }
  });
});

test('V1 whoever writes alone sees at once what the server will show', () => {
  law(({ past, operations }) => {
    const [actor] = operations[0]?.origin.dot ?? [''];
    const own = operations.filter((each) => each.origin.dot[0] === actor);
    const pending = own.map(({ fields }): Operation => [1, 'service_visit', 'visit-1', [0, 'epoch-0'], 1, 0, fields]);
    expect(overlaid({}, pending)).toEqual(shownFields(fold(past, own), RULES));
  });
});
