import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRoutes } from './routes.ts';

const routes = makeRoutes({ today: '/', outbox: '/outbox', job: '/job/:id', work: '/job/:id/work' });

test('an address names its screen and what it shows', () => {
  expect(routes.match('#/job/01jd/work')).toEqual({ name: 'work', params: { id: '01jd' } });
  expect(routes.match('#/outbox')).toEqual({ name: 'outbox', params: {} });
});

test('no hash at all is the first path', () => {
  expect(['', '#', '#/'].map((hash) => routes.match(hash)?.name)).toEqual(['today', 'today', 'today']);
});

test('an address that was never ours matches nothing', () => {
  for (const hash of ['#/jobs', '#/job', '#/job/', '#/job/1/2', 'job/1'])
    expect(routes.match(hash), hash).toBeUndefined();
});

test('every address that is made leads back to its screen, whatever the id contains', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
      expect(routes.match(routes.href('job', { id }))).toEqual({ name: 'job', params: { id } });
    }),
  );
});

test('a broken escape in a pasted link is taken as it stands', () => {
  expect(routes.match('#/job/%E4%B8')).toEqual({ name: 'job', params: { id: '%E4%B8' } });
});

test('the compiler knows which screen needs which params', () => {
  expect(routes.href('today')).toBe('#/');
  // @ts-expect-error a job has an id
  expect(routes.href('job')).toBe('#/job/');
});
