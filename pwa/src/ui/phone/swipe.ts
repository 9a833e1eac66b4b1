import type { Attachment } from 'svelte/attachments';

/** A finger must travel this far before a swipe counts, in CSS pixels. */
const FAR = 96;

/** Calls `onswipe` when a card is pushed to the right; scrolling up and down stays the browser's. */
export function swipeRight(onswipe: () => void): Attachment<HTMLElement> {
  return (card) => {
    let startX: number | undefined;
    const show = (shift: number) => {
      card.style.transform = shift > 0 ? `translateX(${shift}px)` : '';
    };
    const begin = (event: PointerEvent) => {
      startX = event.isPrimary ? event.clientX : undefined;
    };
    const move = (event: PointerEvent) => {
      if (startX !== undefined) show(Math.min(FAR * 1.5, event.clientX - startX));
    };
    const end = (event: PointerEvent) => {
      const far = startX !== undefined && event.clientX - startX >= FAR;
      startX = undefined;
      show(0);
      if (far && event.type === 'pointerup') onswipe();
    };
    const listeners = { pointerdown: begin, pointermove: move, pointerup: end, pointercancel: end };
    const each = Object.entries(listeners) as [string, EventListener][];
    card.style.touchAction = 'pan-y';
    for (const [type, listener] of each) card.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of each) card.removeEventListener(type, listener);
    };
  };
}
