import type { Attachment } from 'svelte/attachments';

const STOPS = 'a[href], summary, [tabindex], :is(button, input, select, textarea):not(:disabled)';

/**
 * Lets the keys scroll a box for as long as it holds more than it shows and nothing in it can be focused: whoever has no
 * mouse would never see its end. Without a `label` the box is called something already.
 */
export function scroller(label?: string): Attachment<HTMLElement> {
  return (box) => {
    const look = () => reach(box, needsStop(box), label);
    const sizes = new ResizeObserver(look);
    const measure = () => {
      sizes.disconnect();
      for (const each of [box, ...box.children]) sizes.observe(each);
      look();
    };
    const content = new MutationObserver(measure);
    content.observe(box, { childList: true, subtree: true, attributeFilter: ['disabled', 'href', 'tabindex'] });
    measure();
    return () => {
      sizes.disconnect();
      content.disconnect();
    };
  };
}

function needsStop(box: HTMLElement): boolean {
  const stops = [...box.querySelectorAll<HTMLElement>(STOPS)];
  if (stops.some((each) => each.getAttribute('tabindex') !== '-1')) return false;
  return box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth;
}

function reach(box: HTMLElement, needed: boolean, label: string | undefined): void {
  if (needed === box.hasAttribute('tabindex')) return;
  const named = label === undefined ? {} : { role: 'group', 'aria-label': label };
  for (const [name, value] of Object.entries({ tabindex: '0', ...named })) {
    if (needed) box.setAttribute(name, value);
    else box.removeAttribute(name);
  }
}
