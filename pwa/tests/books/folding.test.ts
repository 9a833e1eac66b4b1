import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALIKE } from '../../src/ui/books/alike.ts';
import { charactersOf, fold, marked } from '../../src/ui/books/folding.ts';

const characters = charactersOf(ALIKE);
const folded = (text: string) => fold(text, characters);
const groups = ALIKE.trim()
  .split(/\s+/)
  .map((group) => [...group]);

test.each([
  ['台北', '臺北'],
  ['板桥区', '板橋區'],
  ['裡', '裏'],
  ['峰', '峯'],
  ['保証', '保證'],
  ['保证', '保證'],
  ['头发', '頭髮'],
  ['ＫＲ－５２８ｗｎ', 'KR-528WN'],
  ['KR 528 wn', 'kr528WN'],
  ['王　建國', '王建國'],
  ['㈱', '(株)'],
  ['02–2955‑1234', '0229551234'],
])('%s and %s are one to a search', (one, other) => {
  expect(folded(one)).toBe(folded(other));
});

test('what differs stays apart', () => {
  expect(new Set(['陳', '林', '1', 'l', '建國', '建民'].map(folded)).size).toBe(6);
});

test('no character is in two groups, and each group is of several', () => {
  expect(new Set(groups.flat()).size).toBe(groups.flat().length);
  expect(groups.filter(({ length }) => length < 2)).toEqual([]);
});

describe('laws', () => {
  const anything = fc.string({ unit: 'grapheme', maxLength: 20 });
  const written = fc.oneof(anything, fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...groups.flat()));

  test('what was folded folds to itself', () => {
    fc.assert(fc.property(written, (text) => folded(folded(text)) === folded(text)));
  });

  test('all characters of a group fold to one', () => {
    fc.assert(fc.property(fc.constantFrom(...groups), (group) => new Set(group.map(folded)).size === 1));
  });

  test('pieces put together are the text', () => {
    fc.assert(
      fc.property(anything, fc.array(anything), (text, words) => {
        const joined = marked(text, words.map(folded), folded).map((piece) => piece.text);
        expect(joined.join('')).toBe(text);
      }),
    );
  });
});

test('what was looked for is marked as it is written, wherever it stands', () => {
  const found = (text: string, ...words: string[]) =>
    marked(text, words.map(folded), folded).map((piece) => (piece.found ? `[${piece.text}]` : piece.text));
  expect(found('臺北市大安區', '台北')).toEqual(['[臺北]', '市大安區']);
  expect(found('KR-528WN', 'r5')).toEqual(['K', '[R-5]', '28WN']);
  expect(found('文化路化', '化')).toEqual(['文', '[化]', '路', '[化]']);
  expect(found('王建國', '李')).toEqual(['王建國']);
  expect(found('王 建國', '王建', '國')).toEqual(['[王 建國]']);
});
