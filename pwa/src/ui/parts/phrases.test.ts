import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined, phrases } from './phrases.ts';

test('a text is cut after its clauses', () => {
  expect(phrases('冷藏室不冷，昨晚開始有滴水聲。下午要出門')).toEqual([
    '冷藏室不冷，',
    '昨晚開始有滴水聲。',
    '下午要出門',
  ]);
});

test('a number stays with its unit, the place before it may end a line', () => {
  expect(joined('文化路一段 188 巷 12 號 5 樓')).toBe('文化路一段 188\u00A0巷 12\u00A0號 5\u00A0樓');
});

test('nothing is lost: the pieces put together are the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('甲', '，', '。', '）', ' ', '1', 'a', '\n') }), (text) => {
      expect(phrases(text).join('').replaceAll('\u00A0', ' ')).toBe(text);
    }),
  );
});
