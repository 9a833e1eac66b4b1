import { expect, test } from 'vitest';
import { faceFor } from './face.ts';

test.each([
  [['technician'], 390, 'phone'],
  [['technician'], 1920, 'phone'],
  [['clerk'], 1280, 'office'],
  [['clerk'], 390, 'office'],
  [['technician', 'service_manager'], 1280, 'office'],
  [['technician', 'service_manager'], 390, 'phone'],
  [[], 1280, 'office'],
  [[], 390, 'phone'],
] as const)('%j at %i wide sees the %s', (roles, width, face) => {
  expect(faceFor(roles, width)).toBe(face);
});
