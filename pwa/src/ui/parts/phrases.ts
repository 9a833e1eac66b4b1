/** Cuts a text after each clause, so that lines break between clauses and never inside a word. */
export function phrases(text: string): readonly string[] {
  return text.match(/[^，。；：、）]*[，。；：、）]+|[^，。；：、）]+$/gu) ?? [];
}
