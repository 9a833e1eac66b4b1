import { expect, test, vi } from 'vitest';
import { ShownJobs } from '../../src/ui/phone/screens/shown_jobs.svelte.ts';

test('a job that was taken away is gone once it is kept that it was seen, not before', async () => {
  const kept = Promise.withResolvers<void>();
  const drafts = { read: async () => ({ input: ['a', 'b'], seen: null }), keep: vi.fn(() => kept.promise) };
  const shown = new ShownJobs(drafts as never);
  await vi.waitFor(() => expect(shown.ids).toEqual(new Set(['a', 'b'])));
  shown.seen('a');
  expect(drafts.keep).toHaveBeenCalledWith('today', { seen: null, input: ['b'] });
  expect(shown.ids).toEqual(new Set(['a', 'b']));
  kept.resolve();
  await vi.waitFor(() => expect(shown.ids).toEqual(new Set(['b'])));
});
