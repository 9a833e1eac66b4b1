import { expect, test } from 'vitest';
import { type Standing, seenAs, type Told } from '../../src/ui/office/history.ts';
import { at } from './made.ts';

const told = (fault: unknown, standing: Standing): Told => ({
  actor: 'actor',
  seq: 1,
  author: 'lin',
  author_name: '林志豪',
  place: 'field',
  role: 'technician',
  at: at(9),
  received_at: at(9),
  effective_at: at(9),
  problem: null,
  fields: { fault: { value: fault, standing } },
});

test('N2 what was written again with the same value is no change', () => {
  const all = [told('異音', 'superseded'), told('漏水', 'superseded'), told('異音', 'shown')];
  expect(all.map(({ fields }) => fields.fault && seenAs(all, 'fault', fields.fault))).toEqual([
    'same',
    'superseded',
    'shown',
  ]);
});

test('an emptied field is a value like any other, and what is held stays so', () => {
  const all = [told(null, 'superseded'), told('漏水', 'held'), told(null, 'shown')];
  expect(all.map(({ fields }) => fields.fault && seenAs(all, 'fault', fields.fault))).toEqual([
    'same',
    'held',
    'shown',
  ]);
});
