import type { FixtureAnswers } from '../../src/net/fixture.ts';
import type { DeviceContact, HealReport, MissingFile, Quarantine } from '../../src/wire/bodies.ts';
import { at } from '../fixtures.ts';
import { PHOTO_FILES } from '../photos.ts';
import { DAY_MS } from './people.ts';
import { STROKES, STROKES_SHA256 } from './rows.ts';

const account = (user: string, login: string, name: string, roles: readonly string[], deactivated = false) => ({
  user,
  login,
  name,
  unit: 'unit-ban',
  roles,
  deactivated,
});

const contact = (
  device: string,
  when: number,
  pending = 0,
  oldest_pending_at: number | null = null,
  repairs: DeviceContact['repairs'] = null,
): DeviceContact => ({ device, at: when, pending, oldest_pending_at, app: '0.1.0', repairs });

const quarantine = (
  device: string,
  device_name: string,
  [user, user_name]: readonly [user: string, name: string],
  since: number,
  over: Partial<Quarantine>,
): Quarantine => ({
  device,
  device_name,
  user,
  user_name,
  cause: 'device',
  since,
  opened_at: at(10, 36),
  closed_at: null,
  announced: 0,
  arrived: 0,
  waiting: 0,
  ...over,
});

const told = (
  seq: number,
  author: string,
  place: string,
  when: number,
  received: number,
  fields: object,
  role = '',
) => ({
  actor: `actor-${seq}`,
  seq,
  author,
  author_name: author,
  place,
  role: role || (place === 'field' ? 'technician' : 'clerk'),
  at: when,
  received_at: received,
  effective_at: when,
  position: seq,
  verdict: 'applied',
  problem: null,
  fields,
});

const value = (said: unknown, standing: string) => ({ value: said, standing, by: null });

const noFile = (doc: string, who: string, given: Partial<MissingFile> = {}): MissingFile => ({
  kind: 'photo',
  doc,
  visit: null,
  number: '20261125-004',
  customer: '陳美惠',
  device: `device-${who}`,
  user: `tech-${who}`,
  captured_at: at(15, 20) - DAY_MS,
  since: at(15, 31) - DAY_MS,
  was_here: false,
  state: 'awaited',
  ...given,
});

const healed: HealReport = {
  files: [
    noFile('photo-gone', 'hsu', { state: 'gone', customer: '大同公寓管理委員會', was_here: true }),
    noFile('signature-late', 'lin', { kind: 'signature' }),
    noFile('photo-late', 'hsu', { state: 'silent' }),
  ],
  changes: [
    {
      epoch: 'epoch-2',
      at: at(9, 12),
      cause: 'hello',
      device: 'device-office',
      fork: 4_120,
      reached: 4_163,
      back: 31,
      returned: [
        {
          device: 'server',
          user: 'server',
          operations: 7,
          documents: 5,
          unproven: 0,
          first_at: at(8, 40) - DAY_MS,
          last_at: at(17, 20) - DAY_MS,
        },
        {
          device: 'device-lin',
          user: 'tech-lin',
          operations: 24,
          documents: 9,
          unproven: 0,
          first_at: at(8, 40) - DAY_MS,
          last_at: at(17, 55) - DAY_MS,
        },
        {
          device: 'device-office',
          user: 'manager-chen',
          operations: 7,
          documents: 6,
          unproven: 2,
          first_at: at(9, 5) - DAY_MS,
          last_at: at(16, 20) - DAY_MS,
        },
      ],
      awaited: [{ device: 'device-hsu', user: 'tech-hsu', seen_at: at(18, 2) - DAY_MS }],
    },
  ],
  losses: [
    {
      actor: 'actor-hsu',
      last_seq: 41,
      device: 'device-hsu',
      user: 'tech-hsu',
      operations: 3,
      since: at(15, 30) - 2 * DAY_MS,
      said_at: at(18, 2) - 2 * DAY_MS,
      state: 'silent',
      successor: null,
      settled: null,
    },
    {
      actor: 'actor-old',
      last_seq: 12,
      device: 'device-gone',
      user: 'tech-old',
      operations: 1,
      since: null,
      said_at: at(17) - 9 * DAY_MS,
      state: 'emptied',
      successor: null,
      settled: { by: 'manager-chen', at: at(8, 30) - 8 * DAY_MS, reason: '紙本補登了' },
    },
  ],
  partings: [
    {
      actor: 'actor-lin-2',
      device: 'device-lin',
      user: 'tech-lin',
      at: at(8, 5),
      here: 4,
      there: 2,
      both: false,
      documents_here: [{ kind: 'service_visit', doc: 'visit-1' }],
      documents_there: [{ kind: 'customer', doc: 'customer-1' }],
      settled: null,
    },
  ],
};

/** What the office's server answers in the gallery. */
export const answers: FixtureAnswers = {
  [`GET /blobs/${STROKES_SHA256}`]: STROKES,
  ...Object.fromEntries(Object.entries(PHOTO_FILES).map(([name, file]) => [`GET /blobs/${name}`, file])),
  'POST /api/start/demo': {
    company: 'company-1',
    accounts: [
      { login: 'wu.mz', name: '吳明哲', roles: ['admin'], password: 'nidave-7fuka-rolim' },
      { login: 'chen.wb', name: '陳文彬', roles: ['service_manager'], password: 'sopiru-2latem-wogan' },
      { login: 'lin.jr', name: '林佳蓉', roles: ['clerk'], password: 'dufeka-9minor-tupal' },
      { login: 'lin.zh', name: '林志豪', roles: ['technician'], password: 'bakeso-4rivun-golam' },
    ],
  },
  'GET /api/accounts': [
    account('clerk-lin', 'lin.jr', '林佳蓉', ['clerk']),
    account('manager-chen', 'chen.wb', '陳文彬', ['service_manager']),
    account('admin-wu', 'wu.mz', '吳明哲', ['admin']),
    account('tech-lin', 'lin.zh', '林志豪', ['technician']),
    account('tech-chou', 'chou.jh', '周俊宏', ['technician']),
    account('tech-hsu', 'hsu.jm', '許家銘', ['technician', 'service_manager']),
    account('tech-old', 'tai.zm', '戴志明', ['technician'], true),
  ],
  'GET /api/healing': healed,
  'GET /api/contacts': [
    contact('device-office', at(10, 40)),
    contact('device-lin', at(9, 21), 3, at(9, 2)),
    contact('device-tech-chou', at(10, 39), 0, null, { at: at(8, 12), rows: 3, times: 2 }),
    contact('device-tech-hsu', at(17, 48) - DAY_MS, 0, null, { at: at(13, 5) - 6 * DAY_MS, rows: 1, times: 1 }),
    contact('device-old', at(10, 24)),
    contact('device-coming', at(10, 37), 2),
    contact('device-lost', at(14, 30) - 3 * DAY_MS, 2, at(11, 5) - 4 * DAY_MS),
    contact('device-left', at(9, 2) - 9 * DAY_MS),
  ],
  'GET /api/quarantines': [
    quarantine('device-left', '戴志明的手機', ['tech-old', '戴志明'], at(17, 30) - 10 * DAY_MS, {
      cause: 'account',
      opened_at: at(9, 2) - 9 * DAY_MS,
      closed_at: at(9, 2) - 9 * DAY_MS,
    }),
    quarantine('device-coming', 'Redmi Note 14 Pro', ['tech-tsai', '蔡宗翰'], at(10, 5), {
      announced: 4,
      arrived: 2,
      waiting: 1,
    }),
    quarantine('device-old', '舊的公務手機', ['tech-hsu', '許家銘'], at(8, 10), {
      opened_at: at(10, 20),
      closed_at: at(10, 24),
      announced: 4,
      arrived: 4,
      waiting: 3,
    }),
  ],
  'GET /api/held': [
    {
      actor: 'actor-tech-lin',
      seq: 41,
      author: 'tech-lin',
      author_name: '林志豪',
      place: 'field',
      problem: 'operation.right',
      received_at: at(10, 52),
      at: at(9, 58),
      kind: 'service_call',
      doc: 'call-7',
      fields: { symptom: '不脫水，內槽卡住一枚硬幣', closed_at: at(9, 58) },
      raw: null,
      applicable: ['symptom'],
      device: 'device-lin',
      group: 41,
    },
    {
      actor: 'actor-tech-hsu',
      seq: 12,
      author: 'tech-hsu',
      author_name: '許家銘',
      place: 'field',
      problem: 'operation.quarantine',
      received_at: at(10, 22),
      at: at(9, 30) - DAY_MS,
      kind: 'service_visit',
      doc: 'visit-9',
      fields: { fault: '溫度感測器故障', action: '更換溫度感測器', outcome: 'fixed' },
      raw: null,
      applicable: [],
      device: 'device-old',
      group: 13,
    },
  ],
  'GET /api/records/service_visit/visit-9/history': [
    told(1, '謝育德', 'field', at(9, 20), at(10, 28), { en_route_at: value(at(9, 20), 'shown') }),
    told(2, '謝育德', 'field', at(9, 46), at(10, 28), { arrived_at: value(at(9, 45), 'shown') }),
    told(3, '林佳蓉', 'office', at(9, 34), at(9, 34), { arrived_at: value(at(9, 30), 'rival') }),
    told(4, '謝育德', 'field', at(10, 20), at(10, 28), {
      fault: value('溫度感測器故障', 'shown'),
      action: value('更換溫度感測器，疏通排水孔', 'shown'),
      outcome: value('fixed', 'shown'),
      fee_total: value(0, 'shown'),
      finished_at: value(at(10, 20), 'shown'),
    }),
  ],
};
