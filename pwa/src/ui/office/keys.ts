/** Keys that never write anything. */
const WRITES_NOTHING = /^(F\d+|Escape)$/;
/** Elements in which letters, digits and arrows are for the text. */
const TYPING = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]';
/** Elements that arrows and the space bar are for, and letters are not. */
const CHOOSING = '[type="radio"], [type="checkbox"]';
const CHOOSES = /^(Arrow\w+| )$/;

/**
 * The key that was pressed as a command: its name, letters in lower case, with `Ctrl+` in front where that is held.
 *
 * Undefined while a dialog is open, and for what belongs to the text while somebody is typing.
 */
export function commandKey(event: KeyboardEvent): string | undefined {
  const { key, ctrlKey, altKey, metaKey, isComposing, defaultPrevented, target } = event;
  if (altKey || metaKey || isComposing || defaultPrevented || document.querySelector('dialog[open]')) return undefined;
  if (target instanceof Element && !ctrlKey && belongsTo(target, key)) return undefined;
  return `${ctrlKey ? 'Ctrl+' : ''}${key.length === 1 ? key.toLowerCase() : key}`;
}

function belongsTo(target: Element, key: string): boolean {
  if (target.closest(CHOOSING)) return CHOOSES.test(key);
  return target.closest(TYPING) !== null && !WRITES_NOTHING.test(key);
}

/** Runs the command of a key and keeps the browser from doing its own; keys without one go their way. */
export function runKey(event: KeyboardEvent, commands: Readonly<Record<string, () => void>>): void {
  const command = commands[commandKey(event) ?? ''];
  if (!command) return;
  event.preventDefault();
  command();
}
