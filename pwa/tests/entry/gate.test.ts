import { expect, test } from 'vitest';
import { faceOf, gateFor, placeFor } from '../../src/ui/entry/gate.ts';

const open = { me: { device: 'd', place: 'field' }, founded: true, pinChosen: true, locked: false } as const;

test.each([
  ['nothing is known yet', { ...open, me: undefined }, 'waiting'],
  [
    'nobody is signed in, and whether there is a company is not known',
    { ...open, me: null, founded: undefined },
    'waiting',
  ],
  ['there is no company', { ...open, me: null, founded: false }, 'start'],
  ['nobody is signed in', { ...open, me: null }, 'sign_in'],
  ['this browser is no device of that person', { ...open, me: { device: null, place: null } }, 'enrol'],
  ['a phone has no code', { ...open, pinChosen: false }, 'choose_pin'],
  ['a phone is locked', { ...open, locked: true }, 'locked'],
  ['a phone is unlocked', open, 'open'],
  [
    'it is an office computer',
    { ...open, me: { device: 'd', place: 'office' }, pinChosen: false, locked: true },
    'open',
  ],
] as const)('when %s', (_when, standing, gate) => {
  expect(gateFor(standing)).toBe(gate);
});

test('whatever a technician works with is enrolled for the field, everybody else enrols for the office', () => {
  expect(placeFor(['technician'], 390)).toBe('field');
  expect(placeFor(['technician', 'service_manager'], 390)).toBe('field');
  expect(placeFor(['technician'], 1280)).toBe('field');
  expect(placeFor(['technician', 'service_manager'], 1280)).toBe('office');
  expect(placeFor(['clerk'], 390)).toBe('office');
});

test('a device of the field shows the phone, however wide it is held', () => {
  expect(faceOf({ roles: ['technician', 'service_manager'], place: 'field' }, 1200)).toBe('phone');
  expect(faceOf({ roles: ['service_manager'], place: 'office' }, 1200)).toBe('office');
});
