/** What is entered after a key: one digit more while there is room; any other key changes nothing. */
export function pressed(entered: string, key: string, length: number): string {
  return /^[0-9]$/.test(key) && entered.length < length ? entered + key : entered;
}

/** What is entered after the last digit was taken back. */
export function erased(entered: string): string {
  return entered.slice(0, -1);
}
