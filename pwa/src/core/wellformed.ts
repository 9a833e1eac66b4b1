/** Tells whether the text is in NFC and holds neither a lone surrogate nor a NUL (SPEC O3). */
export function isWellformed(text: string): boolean {
  return isWhole(text) && !text.includes('\0') && text === text.normalize('NFC');
}

/** Tells whether a predicate holds for every text inside a JSON value, keys included. */
export function everyText(value: unknown, holds: (text: string) => boolean): boolean {
  if (typeof value === 'string') return holds(value);
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, member]) => holds(key) && everyText(member, holds));
}

/** Tells whether every text inside a value is well-formed. */
export function isWellformedValue(value: unknown): boolean {
  return everyText(value, isWellformed);
}

/** Tells whether the text is made of whole characters: no surrogate stands alone. */
export function isWhole(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** The text as it may be captured: half characters become U+FFFD, NUL goes, the rest is brought to NFC (SPEC O3). */
export function normalised(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('\0', '')
    .normalize('NFC');
}
