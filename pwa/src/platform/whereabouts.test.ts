import { expect, test } from 'vitest';
import { whereabouts } from './whereabouts.ts';

const device = (answer: (found: PositionCallback, lost: PositionErrorCallback) => void) =>
  ({ getCurrentPosition: answer }) as unknown as Geolocation;

test('a place is told in millionths of a degree and whole metres', async () => {
  const coords = { latitude: -25.0339641, longitude: 121.5644724, accuracy: 11.6 } as GeolocationCoordinates;
  const there = device((found) => found({ coords } as GeolocationPosition));
  expect(await whereabouts(there)).toEqual({ latitude: -25_033_964, longitude: 121_564_472, accuracy: 12 });
});

test('whoever refuses, and a device that does not know, give no place and no error', async () => {
  expect(await whereabouts(device((_, lost) => lost({} as GeolocationPositionError)))).toBeNull();
});
