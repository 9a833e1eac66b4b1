import { atom } from 'nanostores';
import { expect, test, vi } from 'vitest';
import { handOver, NotTaken } from '../../src/platform/handing_over.ts';
import type { OutboxView } from '../../src/store/index.ts';
import { badged } from '../../src/ui/phone/badge.ts';

const view: OutboxView = { items: [], unsent: 2, attention: 1, bytes: 0, oldestAt: null, files: new Map() };

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

function sharing(share: () => Promise<void>): Navigator {
  return { canShare: () => true, share } as unknown as Navigator;
}

test('a phone shares the file', async () => {
  const share = vi.fn(async () => {});
  await handOver(file, sharing(share));
  expect(share).toHaveBeenCalledWith({ files: [file] });
});

test('whoever closes the sheet has not taken the file', async () => {
  const closed = Promise.reject(new DOMException('closed', 'AbortError'));
  await expect(
    handOver(
      file,
      sharing(() => closed),
    ),
  ).rejects.toThrow(NotTaken);
});

test('a file that the system would share and cannot is downloaded', async () => {
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  await handOver(
    file,
    sharing(() => Promise.reject(new DOMException('no gesture', 'NotAllowedError'))),
  );
  expect(clicked).toHaveBeenCalledOnce();
  clicked.mockRestore();
});

test('a system that shares no files downloads it', async () => {
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  await handOver(file, { canShare: () => false } as unknown as Navigator);
  expect(clicked).toHaveBeenCalledOnce();
});
