/** What chips of any language put between phrases: whoever reads on may speak another one than whoever wrote. */
const BETWEEN = /、|; /;

/** The phrases of a text that chips have put together: 不冷、漏水. */
export function phrasesOf(text: string): readonly string[] {
  return text
    .split(BETWEEN)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}

/** The text with the phrase added at its end, or taken out where it stands; other words stay as they were written, with what already stands between them. */
export function togglePhrase(text: string, phrase: string, mark = '、'): string {
  const phrases = phrasesOf(text);
  const next = phrases.includes(phrase) ? phrases.filter((each) => each !== phrase) : [...phrases, phrase];
  return next.join(BETWEEN.exec(text)?.[0] ?? mark);
}

/** Whether somebody wrote more than the chips say. */
export function hasOwnWords(text: string, presets: readonly string[]): boolean {
  return phrasesOf(text).some((phrase) => !presets.includes(phrase));
}
