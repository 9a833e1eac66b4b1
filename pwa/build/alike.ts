import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes src/ui/books/alike.ts from the character tables of OpenCC: `node build/alike.ts FOLDER`, where FOLDER has
 * `<name>.txt` as OpenCC has them, or `<name>.js` as the package opencc-js has them in dist/esm-lib/dict.
 *
 * Characters are alike when any table gives one for the other, and whatever is like one of them too: 发, 發 and 髮 are
 * one. That finds a few names too many and never one too few, which is right for a search and for nothing else.
 */
const TABLES = ['STCharacters', 'TSCharacters', 'TWVariants', 'HKVariants', 'JPShinjitaiCharacters'];
/** What people here write for one another and no table has: the second of each is the first. */
const ALSO = ['証證', '岭嶺', '堃坤', '産產', '鷄雞', '舘館'];
const OUT = 'src/ui/books/alike.ts';
const WIDTH = 100;

const HEAD = `// Written by build/alike.ts from OpenCC's character tables (https://github.com/BYVoid/OpenCC, Apache-2.0). Do not edit.

/** Characters that are one to a search, in groups; all of a group stand for its first. */
export const ALIKE = \`
`;

function read(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, `${name}.txt`), 'utf-8').replaceAll('\t', ' ');
  } catch {
    return (readFileSync(join(folder, `${name}.js`), 'utf-8').match(/"([^"]*)"/)?.[1] ?? '').replaceAll('|', '\n');
  }
}

const groups = new Map<string, Set<string>>();

function unite(one: string, other: string): void {
  const [kept, moved] = [groups.get(one) ?? new Set([one]), groups.get(other) ?? new Set([other])];
  for (const each of moved) kept.add(each);
  for (const each of kept) groups.set(each, kept);
}

/** Only single characters that no normalization changes: those are alike already. */
const isPlain = (character: string) => [...character].length === 1 && character.normalize('NFKC') === character;

for (const name of TABLES) {
  for (const line of read(process.argv[2] ?? '.', name).split('\n')) {
    const [from = '', ...to] = line.trim().split(' ').filter(isPlain);
    for (const each of to) unite(from, each);
  }
}
for (const [one = '', other = ''] of ALSO) unite(one, other);

const words = [...new Set(groups.values())].filter(({ size }) => size > 1).map((group) => [...group].sort().join(''));
const lines: string[] = [''];
for (const word of words.sort()) {
  const last = lines.at(-1) ?? '';
  if ([...last].length + [...word].length >= WIDTH) lines.push(word);
  else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
}
writeFileSync(OUT, `${HEAD}${lines.join('\n')}\n\`;\n`);
