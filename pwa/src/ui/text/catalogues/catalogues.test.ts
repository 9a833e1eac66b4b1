import { expect, test } from 'vitest';
import { SENTENCES } from '../../../wire/sentences/zh-Hans.ts';
import { language } from '../language.ts';
import { base, catalogues, faultsOf, flat, holesOf, untranslated, withMore } from './compare.ts';

const NONE = { missing: [], surplus: [], differing: [] };

test('every text of every screen is compared, and the languages that one can choose are those of the catalogues', () => {
  expect(flat(base).size).toBeGreaterThan(1000);
  expect(language.spoken).toEqual(['zh-Hant', ...Object.keys(catalogues)]);
  expect(Object.keys(catalogues)).toEqual(['en', 'zh-Hans']);
});

// A name in the list has no translation yet: `npm run -s texts` prints what to fill in, see build/texts.mjs.
test.each(Object.entries(catalogues))('%s translates every text, no other, and with the same holes', (_, catalogue) => {
  expect(faultsOf(catalogue)).toEqual(NONE);
});

test('what is missing, left over, empty or has other holes is told by name', () => {
  const source = { job: { title: '工單', due: '{time} 到期', by: '{name}' } };
  const translated = { job: { due: 'due {at}', by: '', old: 'Old' }, gone: { title: 'Gone' } };
  expect(faultsOf(translated, source)).toEqual({
    missing: ['job.title'],
    surplus: ['job.old', 'gone.title'],
    differing: ['job.due', 'job.by'],
  });
});

test('a hole that chooses between one and many is the same hole', () => {
  expect(holesOf('{count} {count|call|calls}, {left} left')).toEqual(['count', 'left']);
});

test('what is to be translated comes in the words of the base; what was translated stands in the order of the code', () => {
  expect(untranslated(catalogues.en ?? {})).toEqual({});
  const { update } = base;
  expect(untranslated({ ...catalogues.en, update: {} })).toEqual({ update });
  const full = withMore({ gone: { title: 'Gone' }, update: { later: 'Later' } }, { update: { ready: 'Ready' } });
  expect(JSON.stringify(full)).toBe('{"update":{"ready":"Ready","later":"Later"}}');
});

test('no text shouts or talks like a machine', () => {
  expect(JSON.stringify(base)).not.toMatch(/[!！?]|成功|喔|哎呀|您/);
  expect(JSON.stringify(catalogues['zh-Hans'])).not.toMatch(/[!！?]|成功|哦|哎呀|您/);
  expect(JSON.stringify(catalogues.en)).not.toMatch(/[!?]|successful|please|oops/i);
});

test('F006 general work is called alike on the phone, in the office and where its history is told', () => {
  for (const one of [base, ...Object.values(catalogues)]) {
    const told = flat(one);
    const names = ['workingTime.title', 'adminTimes.title', 'kinds.admin_time'].map((name) => told.get(name));
    expect(new Set(names).size, names.join()).toBe(1);
  }
  expect(JSON.stringify(base)).not.toContain('行政工時');
});

test('English has no Chinese characters but in examples of data', () => {
  const han = [...flat(catalogues.en ?? {})].filter(([, words]) => /\p{Script=Han}/u.test(words)).map(([name]) => name);
  expect(han).toEqual(['districts.nameHint']);
});

/** The characters of GB 2312, the mainland's own set: it has no form that is written in Taiwan alone. */
function mainland(): Set<string> {
  const leads = Array.from({ length: 0xf7 - 0xb0 + 1 }, (_, row) => 0xb0 + row);
  const trails = Array.from({ length: 0xfe - 0xa1 + 1 }, (_, place) => 0xa1 + place);
  const bytes = leads.flatMap((lead) => trails.flatMap((trail) => [lead, trail]));
  return new Set(new TextDecoder('gb2312').decode(Uint8Array.from(bytes)).match(/\p{Script=Han}/gu));
}

test('the mainland reads no character in a form that only Taiwan writes, on screens and in sentences of the server', () => {
  const known = mainland();
  expect([known.has('桥'), known.has('橋')]).toEqual([true, false]);
  const foreign = (words: string) => (words.match(/\p{Script=Han}/gu) ?? []).filter((each) => !known.has(each));
  const said = [...flat(catalogues['zh-Hans'] ?? {}), ...Object.entries(SENTENCES)];
  expect(said.length).toBeGreaterThan(1500);
  expect(said.flatMap(([name, words]) => foreign(words).map((each) => [name, each]))).toEqual([]);
});
