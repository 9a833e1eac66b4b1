import { afterEach, expect, test, vi } from 'vitest';
import { commandKey, runKey } from '../../src/ui/office/keys.ts';

const pressed = (key: string, over: KeyboardEventInit = {}, target: Element = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...over });
  target.dispatchEvent(event);
  return event;
};
const placed = (html: string) => {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
};
afterEach(() => placed(''));

test('a letter is a command, in whatever case it is typed', () => {
  expect([commandKey(pressed('d')), commandKey(pressed('D')), commandKey(pressed('F2'))]).toEqual(['d', 'd', 'F2']);
});

test('while somebody types, letters, digits and arrows are for the text; function keys and Ctrl stay commands', () => {
  const input = placed('<input />');
  expect([
    commandKey(pressed('d', {}, input)),
    commandKey(pressed('1', {}, input)),
    commandKey(pressed('ArrowDown', {}, input)),
    commandKey(pressed('F2', {}, input)),
    commandKey(pressed('Enter', { ctrlKey: true }, input)),
  ]).toEqual([undefined, undefined, undefined, 'F2', 'Ctrl+Enter']);
});

test('where somebody chooses, arrows are for the choice and letters stay commands', () => {
  const radio = placed('<input type="radio" />');
  expect([commandKey(pressed('ArrowDown', {}, radio)), commandKey(pressed('d', {}, radio))]).toEqual([undefined, 'd']);
});

test('an open dialog has the keys for itself', () => {
  placed('<dialog open></dialog>');
  expect(commandKey(pressed('d'))).toBeUndefined();
});

test('a key that composes a Chinese character commands nothing', () => {
  expect(commandKey(pressed('1', { isComposing: true }))).toBeUndefined();
});

test('a key with a command does nothing else, other keys go their way', () => {
  const close = vi.fn();
  const [known, other] = [pressed('c'), pressed('x')];
  runKey(known, { c: close });
  runKey(other, { c: close });
  expect([close.mock.calls.length, known.defaultPrevented, other.defaultPrevented]).toEqual([1, true, false]);
});
