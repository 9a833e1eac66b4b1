import fc from 'fast-check';
import './chance.ts';
import type { Document } from '../../src/core/document.ts';
import { sameDot } from '../../src/core/dot.ts';
import type { StampedOperation } from '../../src/core/write.ts';
import { type History, histories } from './history.ts';

/** Asserts a law of played histories. */
export function law(holds: (history: History) => void): void {
  fc.assert(fc.property(histories, holds));
}

/** Asserts a law of played histories in whatever order their operations are delivered. */
export function lawOfDeliveries(holds: (history: History, delivered: StampedOperation[]) => void): void {
  const played = histories.chain((history) => {
    const { operations } = history;
    const some = fc.shuffledSubarray([...operations]);
    const all = fc.shuffledSubarray([...operations], { minLength: operations.length });
    return fc.tuple(fc.constant(history), all, some);
  });
  fc.assert(fc.property(played, ([history, all, some]) => holds(history, [...all, ...some])));
}

/** Every two operations, the later and the earlier, each with itself included. */
export function pairs<Each>(each: readonly Each[]): (readonly [Each, Each])[] {
  return each.flatMap((one) => each.map((other) => [one, other] as const));
}

/** Each value that was written: an operation and one of its fields. */
export function writes(operations: readonly StampedOperation[]): (readonly [StampedOperation, string])[] {
  return operations.flatMap((operation) => Object.keys(operation.fields).map((field) => [operation, field] as const));
}

export function same(one: StampedOperation, other: StampedOperation): boolean {
  return sameDot(one.origin.dot, other.origin.dot);
}

/** Tells whether an operation's value of a field stands in the document. */
export function stands(document: Document, field: string, operation: StampedOperation): boolean {
  return (document.registers.get(field) ?? []).some((write) => sameDot(write.origin.dot, operation.origin.dot));
}
