import { expect, test } from 'vitest';
import { found, GUIDES, guidesOf, isGuide, loadGuide, placeFor } from '../../src/ui/guide/guides.ts';
import type { Block, Guide, Word } from '../../src/ui/guide/tree.ts';
import { routes } from '../../src/ui/office/routes.ts';
import { routes as phoneRoutes } from '../../src/ui/phone/kit.ts';
import { base, flat } from '../../src/ui/text/catalogues/compare.ts';
import { HOLE } from '../../src/ui/text/filled.ts';
import { SENTENCES } from '../../src/wire/sentences/zh-Hant.ts';

const guides = new Map<string, Guide>();
for (const name of GUIDES) guides.set(name, await loadGuide(name));
const guideNamed = (name: string) => {
  const guide = guides.get(name);
  if (!guide) throw new Error(name);
  return guide;
};

const ofWord = (word: Word): readonly Word[] => ('words' in word ? [word, ...word.words.flatMap(ofWord)] : [word]);
function wordsOf(block: Block): readonly Word[] {
  if ('words' in block) return block.words.flatMap(ofWord);
  if ('items' in block) return block.items.flat().flatMap(wordsOf);
  return 'blocks' in block ? block.blocks.flatMap(wordsOf) : [];
}
const everyWord = ({ intro, sections }: Guide) =>
  [...intro, ...sections.flatMap(({ blocks }) => blocks)].flatMap(wordsOf);

/** What the screens say, a hole written as `…`. */
const said = new Set([...flat(base).values(), ...Object.values(SENTENCES)].map((words) => words.replaceAll(HOLE, '…')));

test.each(GUIDES)('the guide for the %s: what stands in 「」 is what the screens say, to the letter', (name) => {
  const plain = everyWord(guideNamed(name)).flatMap((word) => (word.kind === 'plain' ? [word.text] : []));
  const quoted = plain.flatMap((text) => [...text.matchAll(/「([^」]*)」/g)].map(([, words = '']) => words));
  expect(quoted.length).toBeGreaterThan(20);
  expect([...new Set(quoted)].filter((words) => !said.has(words))).toEqual([]);
});

test.each(GUIDES)('the guide for the %s: every link leads to a section that there is', (name) => {
  const links = everyWord(guideNamed(name)).flatMap((word) => (word.kind === 'link' ? [word] : []));
  const lost = links.filter(({ guide, section }) => !guides.get(guide)?.sections.some(({ id }) => id === section));
  expect(lost).toEqual([]);
});

test('the technician, who has one guide on his phone, is sent to no other', () => {
  const links = everyWord(guideNamed('technician')).flatMap((word) => (word.kind === 'link' ? [word.guide] : []));
  expect(new Set(links)).toEqual(new Set(['technician']));
});

/** What is read on it, or only leads there, needs no help. */
const NEEDS_NONE = new Set(['guide', 'guideAt', 'help']);
const needing = (names: readonly string[]) => names.filter((name) => !NEEDS_NONE.has(name));
const screensOf = (name: string) => guideNamed(name).sections.flatMap(({ screens }) => screens);
const DESKS = GUIDES.filter((name) => name !== 'technician');

test.each(DESKS)('the guide for the %s: every screen of its sections is a page of the office, once', (name) => {
  const screens = screensOf(name);
  expect(screens.filter((screen) => !(routes.names as readonly string[]).includes(screen))).toEqual([]);
  expect(new Set(screens).size).toBe(screens.length);
});

test('every page of the office has a section that tells about it', () => {
  const told = new Set(DESKS.flatMap(screensOf));
  expect(needing(routes.names).filter((name) => !told.has(name))).toEqual([]);
});

test('every screen of the phone has one section of the technician’s guide', () => {
  expect(screensOf('technician').toSorted()).toEqual(needing(phoneRoutes.names).toSorted());
});

test('each role reads its own guide first; who has none reads the service manager’s', () => {
  expect(guidesOf(['technician'])).toEqual(['technician']);
  expect(guidesOf(['admin', 'clerk'])).toEqual(['clerk', 'admin']);
  expect(guidesOf(['auditor'])).toEqual(['admin']);
  expect(guidesOf(['branch_manager', 'service_manager'])).toEqual(['manager']);
  expect([isGuide('clerk'), isGuide('nobody')]).toEqual([true, false]);
});

test('help about a page is in the first own guide that has some, else in another’s; of none it is the guide itself', async () => {
  expect(await placeFor('inbox', ['clerk', 'manager'])).toEqual({ guide: 'clerk', section: '兩個人改了同一欄' });
  expect(await placeFor('hours', ['clerk', 'manager'])).toEqual({ guide: 'manager', section: '服務時間和停班' });
  expect(await placeFor('leave', ['clerk', 'manager'])).toEqual({ guide: 'clerk', section: '登記請假' });
  expect(await placeFor('hours', ['admin'])).toEqual({ guide: 'manager', section: '服務時間和停班' });
  expect(await placeFor('nowhere', ['admin'])).toEqual({ guide: 'admin', section: undefined });
});

test('a section is found by its title, and only where no title has the words by what it says', () => {
  const { sections } = guideNamed('technician');
  expect(found(sections, '').length).toBe(sections.length);
  expect(found(sections, '手機 換').map(({ title }) => title)).toEqual(['換手機']);
  expect(found(sections, '右上角的「大」').map(({ title }) => title)).toEqual(['請客戶簽名']);
  expect(found(sections, '太空船')).toEqual([]);
});
