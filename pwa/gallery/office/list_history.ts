import { at } from '../fixtures.ts';
import { DAY_MS, UNIT } from './people.ts';

const wrote = (
  position: number,
  who: string,
  when: number,
  fields: Readonly<Record<string, unknown>>,
  standing = 'shown',
) => ({
  actor: `actor-${position}`,
  seq: position,
  author: who,
  author_name: who,
  place: 'office',
  role: 'service_manager',
  at: when,
  received_at: when,
  effective_at: when,
  position,
  verdict: 'applied',
  problem: null,
  fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, standing, by: null }])),
});

/** What was written in the lists of the gallery's unit. */
export const listHistory = {
  [`GET /api/units/${UNIT}/history?kind=preset`]: [
    {
      kind: 'preset',
      doc: 'preset-0',
      fields: { unit: UNIT, list: 'fault', text: '不冷', rank: 1 },
      entries: [
        wrote(1, '陳文彬', at(9, 2) - DAY_MS, { list: 'fault', text: '不夠冷', rank: 0 }, 'superseded'),
        wrote(3, '陳文彬', at(9, 10), { text: '不冷' }),
        wrote(5, '林佳蓉', at(10, 4), { rank: 1 }),
      ],
    },
    {
      kind: 'preset',
      doc: 'preset-gone',
      fields: { unit: UNIT, list: 'fault', text: '有異味', product: '冷氣', rank: 8, deleted: true },
      entries: [
        wrote(2, '陳文彬', at(9, 4) - DAY_MS, { list: 'fault', text: '有異味', product: '冷氣', rank: 8 }),
        wrote(4, '林佳蓉', at(9, 40), { deleted: true }),
      ],
    },
  ],
};
