/** Elements in which letters and digits are text. */
const TYPING = 'input, textarea, select, [contenteditable]';

/**
 * The key that was pressed as a command: its name, letters in lower case, with `Ctrl+` in front where that is held.
 *
 * Undefined while a dialog is open, and for a letter or digit while somebody is typing.
 */
export function commandKey(event: KeyboardEvent): string | undefined {
  const { key, ctrlKey, altKey, metaKey, isComposing, defaultPrevented, target } = event;
  if (altKey || metaKey || isComposing || defaultPrevented || document.querySelector('dialog[open]')) return undefined;
  const isText = key.length === 1 && !ctrlKey;
  if (isText && target instanceof Element && target.closest(TYPING)) return undefined;
  return `${ctrlKey ? 'Ctrl+' : ''}${key.length === 1 ? key.toLowerCase() : key}`;
}

/** Runs the command of a key and keeps the browser from doing its own; keys without one go their way. */
export function runKey(event: KeyboardEvent, commands: Readonly<Record<string, () => void>>): void {
  const command = commands[commandKey(event) ?? ''];
  if (!command) return;
  event.preventDefault();
  command();
}
