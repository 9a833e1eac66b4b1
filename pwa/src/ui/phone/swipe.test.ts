import { beforeEach, expect, test, vi } from 'vitest';
import { swipeRight } from './swipe.ts';

let card: HTMLElement;
const onswipe = vi.fn();
const touch = (type: string, clientX: number) =>
  card.dispatchEvent(new PointerEvent(type, { clientX, isPrimary: true, bubbles: true }));

beforeEach(() => {
  onswipe.mockClear();
  card = document.createElement('article');
  swipeRight(onswipe)(card);
});

test('a card pushed far enough to the right acts once', () => {
  touch('pointerdown', 40);
  touch('pointermove', 150);
  touch('pointerup', 150);
  expect(onswipe).toHaveBeenCalledOnce();
  expect(card.style.transform).toBe('');
});

test('a short push, one to the left and one that became a scroll do nothing', () => {
  for (const [type, x] of [
    ['pointerup', 130],
    ['pointerup', -80],
    ['pointercancel', 200],
  ] as const) {
    touch('pointerdown', 40);
    touch('pointermove', x);
    touch(type, x);
  }
  expect(onswipe).not.toHaveBeenCalled();
});
