import { canonicalBytes, canonicalText } from '../../src/core/canonical.ts';
import { link } from '../../src/core/chain.ts';
import { type Signer, signedContent } from '../../src/rules/signed_content.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { TEMPLATE } from '../../src/wire/states.ts';
import { at } from '../fixtures.ts';
import { DAY_MS, UNIT } from './people.ts';
import { rows, STROKES_SHA256 } from './rows.ts';

const sentTo = (call: string, id: string): FixtureRow => ({
  kind: 'dispatch',
  id,
  fields: {
    unit: UNIT,
    call,
    technician: 'tech-chou',
    planned_at: at(9, 30),
    dispatched_at: at(9, 10),
    dispatched_by: 'manager-chen',
  },
});

const UNDONE: Kinds['service_visit'] = {
  unit: UNIT,
  call: 'call-2',
  asset: 'asset-2',
  technician: 'tech-chou',
  category: 'warranty',
  en_route_at: at(9, 20),
  arrived_at: at(9, 41),
  fault: '結霜',
  outcome: 'follow_up',
  undone_reason: 'no_parts',
  undone_note: '除霜加熱器斷路，車上沒有這一型',
  undone_next: 'customers_time',
  undone_wish_at: at(14) + DAY_MS,
  fee_total: 0,
  finished_at: at(10, 12),
};

const ABSENT: Kinds['service_visit'] = {
  unit: UNIT,
  call: 'call-3',
  asset: 'asset-3',
  technician: 'tech-chou',
  category: 'paid',
  arrived_at: at(9, 50),
  outcome: 'follow_up',
  undone_reason: 'customer_absent',
  undone_next: 'send_again',
  finished_at: at(10, 20),
  unsigned_reason: 'absent',
};

function signed(id: string, visit: Kinds['service_visit'], signer: Signer, signed_at: number): FixtureRow {
  const parties = { unitName: '板橋服務中心', technicianName: '周俊宏' };
  const content = signedContent(parties, {}, {}, {}, visit, signer);
  return {
    kind: 'signature',
    id,
    fields: {
      unit: UNIT,
      visit: 'again-2',
      role: signer.role,
      signer_name: signer.name,
      signed_at,
      template: TEMPLATE,
      content: canonicalText(content),
      content_sha256: link(canonicalBytes(content)),
      strokes_sha256: STROKES_SHA256,
    },
  };
}

const attempt = (id: string, fields: Kinds['contact_attempt']): FixtureRow => ({
  kind: 'contact_attempt',
  id,
  fields: { unit: UNIT, user: 'tech-chou', channel: 'phone', ...fields },
});

const guard = { role: 'guard', name: '周先生' } as const;

/** Two calls that could not be completed: one waits for a part, at the other nobody was there. */
export const undoneRows: readonly FixtureRow[] = [
  ...rows,
  sentTo('call-2', 'again-2'),
  { kind: 'service_visit', id: 'again-2', fields: UNDONE },
  signed('signature-again-1', { ...UNDONE, undone_next: 'send_again', undone_wish_at: null }, guard, at(10, 8)),
  signed('signature-again-2', UNDONE, guard, at(10, 12)),
  sentTo('call-3', 'again-3'),
  { kind: 'service_visit', id: 'again-3', fields: ABSENT },
  attempt('attempt-1', { call: 'call-3', visit: 'again-3', at: at(9, 44), result: 'no_answer' }),
  attempt('attempt-2', { call: 'call-3', visit: 'again-3', at: at(9, 58), result: 'no_answer' }),
  attempt('attempt-3', {
    call: 'call-3',
    user: 'clerk-lin',
    at: at(10, 25),
    result: 'asked_later',
    note: '臨時外出，要先打電話',
    agreed_for: at(15) + DAY_MS,
  }),
];
