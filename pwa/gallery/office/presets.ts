import type { FixtureRow } from '../../src/store/fixture.ts';
import type { FeeKind, PhraseList } from '../../src/wire/vocabulary.ts';
import { UNIT } from './people.ts';

const PHRASES: readonly (readonly [list: PhraseList, text: string, product?: string])[] = [
  ['fault', '不冷'],
  ['fault', '異音'],
  ['fault', '漏水'],
  ['fault', '結霜', '冰箱'],
  ['fault', '室外機不轉', '冷氣'],
  ['fault', '不脫水', '洗衣機'],
  ['fault', '不通電'],
  ['action', '更換零件'],
  ['action', '清潔'],
  ['action', '灌冷媒', '冷氣'],
  ['action', '疏通排水'],
  ['action', '說明使用方法'],
];
const FEES: readonly (readonly [kind: FeeKind, name: string, amount: number])[] = [
  ['inspection', '檢查費', 50_000],
  ['labour', '工資', 120_000],
  ['labour', '工資（高空作業）', 240_000],
  ['travel', '車馬費', 30_000],
  ['travel', '車馬費（三峽、鶯歌）', 60_000],
];

/** What the unit of the gallery has set for its technicians' phones. */
export const presets: readonly FixtureRow[] = [
  ...PHRASES.map(
    ([list, text, product = null], rank): FixtureRow => ({
      kind: 'preset',
      id: `preset-${rank}`,
      fields: { unit: UNIT, list, text, product, rank },
    }),
  ),
  ...FEES.map(
    ([kind, name, amount], rank): FixtureRow => ({
      kind: 'fee_item',
      id: `fee-item-${rank}`,
      fields: { unit: UNIT, kind, name, amount, rank },
    }),
  ),
];
