import { atom } from 'nanostores';
import { expect, test, vi } from 'vitest';
import type { OutboxView } from '../../src/store/index.ts';
import { badged } from '../../src/ui/phone/badge.ts';
import { handOver } from '../../src/ui/phone/hand_over.ts';

const view: OutboxView = { items: [], unsent: 2, attention: 1, bytes: 0, oldestAt: null };

test('the icon shows what is only on this phone and what needs attention, until nobody asks any more', () => {
  const setAppBadge = vi.fn(async () => {});
  const outbox = atom<OutboxView | undefined>();
  const stop = badged(outbox, { setAppBadge });
  outbox.set(view);
  stop();
  outbox.set({ ...view, unsent: 9 });
  expect(setAppBadge.mock.calls).toEqual([[3]]);
});

test('a system without badges is left alone', () => {
  expect(() => badged(atom(view), {})()).not.toThrow();
});

const file = new File(['{}\n'], '未送出紀錄.jsonl');

test('a phone shares the file, and closing the sheet is no fault', async () => {
  const share = vi.fn(async () => {
    throw new DOMException('closed', 'AbortError');
  });
  await handOver(file, { canShare: () => true, share } as unknown as Navigator);
  expect(share).toHaveBeenCalledWith({ files: [file] });
});

test('a system that shares no files downloads it', async () => {
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  await handOver(file, { canShare: () => false } as unknown as Navigator);
  expect(clicked).toHaveBeenCalledOnce();
});
