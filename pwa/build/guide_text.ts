import { lexer, type Token, type Tokens } from 'marked';
import type { Block, GuideText, Section, Word } from '../src/ui/guide/tree.ts';

const PICTURE = /^img\/([a-z-]+)\.webp$/;
const ELSEWHERE = /^(?:([a-z]+)\.md)?#(.+)$/;

/** The end of the address of a section, as GitHub makes it of its title. */
const idOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replace(/\s/g, '-');

/**
 * One line break of the file is none between characters, and a space between words of letters; the space that Markdown
 * wants behind `。**` is none either.
 */
const joined = (text: string) =>
  text
    .replace(/(\w)\n(?=\w)/g, '$1 ')
    .replace(/\n/g, '')
    .replace(/^ (?=[\p{Script=Han}「])/u, '');

const textOf = (token: Token) => ('text' in token ? String(token.text) : '');
const within = (token: Token): readonly Token[] => ('tokens' in token ? (token.tokens ?? []) : []);

function unknown(token: Token): never {
  throw new Error(`a guide has no ${token.type}: ${token.raw.trim()}`);
}

/**
 * What one guide's Markdown says. What it does not know, HTML above all, it refuses: the app draws words, never markup.
 *
 * `name` is the file's, for links from one section of it to another. A definition such as `[outbox]: #` names a screen
 * that the section belongs to.
 */
export function guideTextOf(markdown: string, name: string): GuideText {
  const [head, ...rest] = lexer(markdown).filter(({ type }) => type !== 'space');
  if (head?.type !== 'heading' || head.depth !== 1) throw new Error(`${name} does not begin with its title`);
  const reader = readerOf(name);
  const [before = [], ...parts] = inParts(rest);
  const intro = reader.blocks(before);
  const sections = parts.map((part) => sectionOf(part, reader));
  const lost = reader.linked.filter((id) => !sections.some((section) => section.id === id));
  if (lost.length > 0) throw new Error(`${name} has no section ${lost.join()}`);
  return { title: head.text, intro, sections };
}

/** What stands before the first section, and each section with its title. */
function inParts(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.type === 'heading' && token.depth === 2) parts.push([]);
    parts.at(-1)?.push(token);
  }
  return parts;
}

function sectionOf([head, ...tokens]: readonly Token[], reader: Reader): Section {
  const title = String(head?.type === 'heading' && head.text);
  // The parsed name is in small letters; a screen's is not.
  const screens = tokens.flatMap(({ type, raw }) => (type === 'def' ? (/^\[(\w+)\]/.exec(raw)?.slice(1) ?? []) : []));
  return { id: idOf(title), title, screens, blocks: reader.blocks(tokens.filter(({ type }) => type !== 'def')) };
}

interface Reader {
  readonly blocks: (tokens: readonly Token[]) => Block[];
  /** The sections of this guide that links lead to. */
  readonly linked: readonly string[];
}

function readerOf(name: string): Reader {
  const linked: string[] = [];

  const link = ({ href, tokens }: Tokens.Link): Word => {
    const [, guide = name, address = ''] = ELSEWHERE.exec(href) ?? [];
    if (address === '') throw new Error(`${name} links to ${href}, which nobody opens without a network`);
    const section = decodeURIComponent(address);
    if (guide === name) linked.push(section);
    return { kind: 'link', words: words(tokens), guide, section };
  };
  const plain = (token: Token): Word => ({ kind: 'plain', text: joined(textOf(token)) });
  const WORD: Readonly<Record<string, (token: Token) => Word>> = {
    text: plain,
    escape: plain,
    strong: (token) => ({ kind: 'strong', words: words(within(token)) }),
    codespan: (token) => ({ kind: 'key', text: textOf(token) }),
    link: (token) => link(token as Tokens.Link),
  };
  const words = (tokens: readonly Token[] = []): Word[] => tokens.map((token) => (WORD[token.type] ?? unknown)(token));

  const picture = ({ href, text }: Tokens.Image): Block => {
    const [, shown] = PICTURE.exec(href) ?? [];
    if (shown === undefined || text === '') throw new Error(`${name} has a picture without a name or words: ${href}`);
    return { kind: 'picture', picture: shown, alt: text };
  };
  const paragraph = (token: Token): Block => {
    const [only, ...others] = token.type === 'paragraph' || token.type === 'text' ? (token.tokens ?? []) : [];
    if (only?.type === 'image' && others.length === 0) return picture(only as Tokens.Image);
    return { kind: 'text', words: words(within(token)) };
  };
  const list = ({ ordered, items }: Tokens.List): Block => ({
    kind: ordered ? 'steps' : 'points',
    items: items.map(({ tokens }) => blocks(tokens)),
  });
  const BLOCK: Readonly<Record<string, (token: Token) => Block>> = {
    paragraph,
    text: paragraph,
    list: (token) => list(token as Tokens.List),
    heading: (token) => ({ kind: 'heading', words: words(within(token)) }),
    blockquote: (token) => ({ kind: 'note', blocks: blocks(within(token)) }),
    code: (token) => ({ kind: 'code', text: textOf(token) }),
  };
  const blocks = (tokens: readonly Token[]): Block[] =>
    tokens.filter(({ type }) => type !== 'space').map((token) => (BLOCK[token.type] ?? unknown)(token));

  return { blocks, linked };
}

/** Every block of some, and what stands in them. */
export function everyBlock(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block) => [block, ...everyBlock(blocksIn(block))]);
}

function blocksIn(block: Block): readonly Block[] {
  if (block.kind === 'note') return block.blocks;
  return block.kind === 'steps' || block.kind === 'points' ? block.items.flat() : [];
}

/** The names of a guide's pictures, each once. */
export function picturesOf({ intro, sections }: GuideText): readonly string[] {
  const all = everyBlock([...intro, ...sections.flatMap(({ blocks }) => blocks)]);
  return [...new Set(all.flatMap((block) => (block.kind === 'picture' ? [block.picture] : [])))];
}
