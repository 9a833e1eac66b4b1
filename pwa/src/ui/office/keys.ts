/** Keys that never write anything. */
const WRITES_NOTHING = /^(F\d+|Escape)$/;
/** Elements in which letters, digits and arrows are for the text. */
const TYPING = 'input, textarea, select, [contenteditable]';

/**
 * The key that was pressed as a command: its name, letters in lower case, with `Ctrl+` in front where that is held.
 *
 * Undefined while a dialog is open, and for what belongs to the text while somebody is typing.
 */
export function commandKey(event: KeyboardEvent): string | undefined {
  const { key, ctrlKey, altKey, metaKey, isComposing, defaultPrevented, target } = event;
  if (altKey || metaKey || isComposing || defaultPrevented || document.querySelector('dialog[open]')) return undefined;
  const isTyping = target instanceof Element && target.closest(TYPING) !== null;
  if (isTyping && !ctrlKey && !WRITES_NOTHING.test(key)) return undefined;
  return `${ctrlKey ? 'Ctrl+' : ''}${key.length === 1 ? key.toLowerCase() : key}`;
}

/** Runs the command of a key and keeps the browser from doing its own; keys without one go their way. */
export function runKey(event: KeyboardEvent, commands: Readonly<Record<string, () => void>>): void {
  const command = commands[commandKey(event) ?? ''];
  if (!command) return;
  event.preventDefault();
  command();
}
