import { expect, test } from 'vitest';
import { hasOwnWords, phrasesOf, togglePhrase } from './presets.ts';

test('chips add their phrase at the end and take it out again', () => {
  const both = togglePhrase(togglePhrase('', '不冷'), '漏水');
  expect(both).toBe('不冷、漏水');
  expect(togglePhrase(both, '不冷')).toBe('漏水');
});

test('own words stay when a chip is taken out', () => {
  expect(togglePhrase('不冷、壓縮機聲音大，像敲鐵', '不冷')).toBe('壓縮機聲音大，像敲鐵');
});

test('own words are told apart from the chips', () => {
  expect(hasOwnWords('不冷、漏水', ['不冷', '漏水'])).toBe(false);
  expect(hasOwnWords('不冷、結露', ['不冷', '漏水'])).toBe(true);
  expect(phrasesOf(' 、 ')).toEqual([]);
});

test('chips of another language are put together as that language writes, and known by every one', () => {
  const both = togglePhrase(togglePhrase('', 'Leaking', '; '), 'No power', '; ');
  expect(both).toBe('Leaking; No power');
  expect(hasOwnWords(both, ['Leaking', 'No power'])).toBe(false);
  expect(togglePhrase('不冷、漏水', 'No power', '; ')).toBe('不冷、漏水、No power');
});
