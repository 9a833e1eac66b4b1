/** What a single character stands for in a search, where it is not itself. */
export type Characters = ReadonlyMap<string, string>;

/** The characters of groups as `alike.ts` has them: all of a group stand for its first. */
export function charactersOf(groups: string): Characters {
  return new Map(
    groups
      .trim()
      .split(/\s+/)
      .flatMap(([first = '', ...others]) => others.map((other) => [other, first] as const)),
  );
}

const DROPPED = /[\s\p{Dash_Punctuation}\u2212\u00ad\u200b-\u200d\ufeff]+/gu;
/** What folding leaves as it is, but for characters that are alike: nothing has to be normalized here. */
const PLAIN = /^[\u4e00-\u9fff\u0021-\u002c\u002e-\u0040\u005b-\u007e]*$/;
/** Everything before this is no Chinese character. */
const FIRST_HAN = '\u2e80';

/**
 * A text as a search compares it: compatible forms, cases, traditional and simplified characters and variants are
 * one, blanks and hyphens are nothing. What was folded folds to itself.
 */
export function fold(text: string, characters: Characters): string {
  if (PLAIN.test(text)) return alike(text, characters);
  let folded = plain(text);
  // What a blank stood between may grow together now.
  for (let again = plain(folded); again !== folded; again = plain(folded)) folded = again;
  return alike(folded, characters);
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(DROPPED, '');
}

function alike(text: string, characters: Characters): string {
  let folded = '';
  for (const character of text) folded += character < FIRST_HAN ? character : (characters.get(character) ?? character);
  return folded;
}

/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** A text in pieces, with every place marked where one of the words stands, letter by letter as `folded` has it. */
export function marked(text: string, words: readonly string[], folded: (letter: string) => string): readonly Piece[] {
  const letters = [...text];
  const parts = letters.map(folded);
  const whole = parts.join('');
  const found = new Array<boolean>(whole.length).fill(false);
  for (const word of words) {
    for (let at = word === '' ? -1 : whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
      found.fill(true, at, at + word.length);
    }
  }
  return pieces(letters, places(parts, found));
}

/** Whether each letter is found; one that folds to nothing is, where it stands inside of what is. */
function places(folded: readonly string[], found: readonly boolean[]): readonly boolean[] {
  let at = 0;
  return folded.map((letter) => {
    const here = letter === '' ? (found[at - 1] ?? false) && (found[at] ?? false) : (found[at] ?? false);
    at += letter.length;
    return here;
  });
}

function pieces(letters: readonly string[], found: readonly boolean[]): readonly Piece[] {
  const joined: { text: string; found: boolean }[] = [];
  for (const [place, letter] of letters.entries()) {
    const here = found[place] ?? false;
    const last = joined.at(-1);
    if (last?.found === here) last.text += letter;
    else joined.push({ text: letter, found: here });
  }
  return joined;
}
