import type { Role } from '../../wire/vocabulary.ts';
import { BASE } from '../text/language.ts';
import type { Block, Guide, Section, Word } from './tree.ts';

/** The guides, one for each kind of work. */
export const GUIDES = ['technician', 'clerk', 'manager', 'admin'] as const;

export type GuideName = (typeof GUIDES)[number];

/** Under which role's name each guide stands. */
export const GUIDE_ROLE = {
  technician: 'technician',
  clerk: 'clerk',
  manager: 'service_manager',
  admin: 'admin',
} as const satisfies Record<GuideName, Role>;

/** The language in which the guides are written. */
export const WRITTEN_IN = BASE;

const GUIDE_OF: Partial<Record<Role, GuideName>> = {
  technician: 'technician',
  clerk: 'clerk',
  admin: 'admin',
  auditor: 'admin',
};

const files = import.meta.glob<Guide>('../../../../docs/guide/*.md', { import: 'default' });

export const isGuide = (name: string): name is GuideName => (GUIDES as readonly string[]).includes(name);

/** Whoever has a desk and no guide of his own does what the service manager's tells. */
export function guidesOf(roles: readonly Role[]): readonly GuideName[] {
  const own = new Set(roles.map((role) => GUIDE_OF[role] ?? 'manager'));
  return GUIDES.filter((name) => own.has(name));
}

/** Fetches one guide; it is no part of what the app starts with. */
export async function loadGuide(name: GuideName): Promise<Guide> {
  const load = files[`../../../../docs/guide/${name}.md`];
  if (!load) throw new Error(`there is no guide ${name}`);
  return load();
}

/**
 * Where somebody finds help about a screen: in the first of his own guides that has something about it, or in another's,
 * since several roles see some pages. About any other it is his guide itself.
 */
export async function placeFor(
  screen: string,
  names: readonly GuideName[],
): Promise<{ readonly guide: GuideName; readonly section: string | undefined }> {
  for (const guide of [...names, ...GUIDES]) {
    const section = (await loadGuide(guide)).sections.find(({ screens }) => screens.includes(screen));
    if (section) return { guide, section: section.id };
  }
  return { guide: names[0] ?? 'manager', section: undefined };
}

/** The sections whose title has every word that was typed, or failing that, whose text has. */
export function found(sections: readonly Section[], typed: string): readonly Section[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => wanted.every((part) => text.toLowerCase().includes(part));
  const titled = sections.filter(({ title }) => has(title));
  return titled.length > 0 ? titled : sections.filter(({ blocks }) => has(blocks.map(plain).join(' ')));
}

function plain(block: Block): string {
  if ('words' in block) return block.words.map(plainWord).join('');
  if ('items' in block) return block.items.flat().map(plain).join(' ');
  if ('blocks' in block) return block.blocks.map(plain).join(' ');
  return block.kind === 'code' ? block.text : block.alt;
}

function plainWord(word: Word): string {
  return 'words' in word ? word.words.map(plainWord).join('') : word.text;
}
