/** Cuts a text after each clause, so that lines break between clauses and never inside a word. */
export function phrases(text: string): readonly string[] {
  return joined(text).match(/[^，。；：、）]*[，。；：、）]+|[^，。；：、）]+$/gu) ?? [];
}

/** The text with every number tied to the unit behind it: a line never ends with the 12 of 12 號. */
export function joined(text: string): string {
  return text.replace(/(\d) (?=\p{Script=Han})/gu, '$1\u00A0');
}
