import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import Toast from '../../src/ui/parts/Toast.svelte';

/** A line that is said as a screen says it: it goes when its time is over. */
function say(message: string) {
  const ondone = vi.fn(() => void unmount(toast));
  const toast = mount(Toast, { target: document.body, props: { message, onundo: () => {}, ondone } });
  flushSync();
  return ondone;
}
const said = () => [...document.querySelectorAll('[role="status"] span')].map(({ textContent }) => textContent);

afterEach(() => {
  document.body.innerHTML = '';
});

test('one line is said at a time, whichever part of the screen says it', () => {
  const first = say('電話已記下。');
  const second = say('照片刪除了。');
  expect(first).toHaveBeenCalledOnce();
  expect(second).not.toHaveBeenCalled();
  expect(said()).toEqual(['照片刪除了。']);
});

test('a line that is over ends none that comes after it', () => {
  say('電話已記下。')();
  const second = say('照片刪除了。');
  flushSync();
  expect(second).not.toHaveBeenCalled();
  expect(said()).toEqual(['照片刪除了。']);
});
