import type { SignedContent } from '../src/rules/signed_content.ts';
import { calendarCheck, outbox, search } from '../src/ui/look/icons.ts';
import type { Drawing } from '../src/ui/parts/strokes.ts';
import type { WorkInput } from '../src/ui/phone/views/deeds.ts';
import type { Gone, JobGlance } from '../src/ui/phone/views/glance.ts';
import type { JobView } from '../src/ui/phone/views/job.ts';
import type { OutboxLine } from '../src/ui/phone/views/outbox.ts';

/** An instant of Monday, 23 November 2026 in Taipei. */
export const at = (hour: number, minute = 0, second = 0) => Date.UTC(2026, 10, 23, hour - 8, minute, second);

const DAY_MS = 86_400_000;

const job = (id: string, over: Partial<JobGlance>): JobGlance => ({
  id,
  customer: '王建國',
  address: '三峽區民生街 88 號',
  district: '三峽區',
  zone: 'suburban',
  product: '洗衣機 KW-150DX',
  category: 'paid',
  carriedOver: false,
  incomplete: false,
  away: false,
  plannedAt: at(10),
  receivedAt: at(16, 20) - DAY_MS,
  state: 'planned',
  signature: 'unsigned',
  unsent: 0,
  gone: undefined,
  arrival: { dueAt: at(10), limit: { tone: 'late', minutes: -40 } },
  ...over,
});

/** How a limit stands at 10:40 of that day. */
const due = (hour: number, minute: number, minutes: number): NonNullable<JobGlance['arrival']> => ({
  dueAt: at(hour, minute),
  limit: { tone: minutes <= 90 ? 'amber' : 'ontime', minutes },
});

const gone = (over: Partial<Gone>): Gone => ({
  why: 'cancelled',
  by: '王美玲',
  to: '',
  at: at(9, 45),
  reason: '',
  worked: false,
  ...over,
});

export const jobs: readonly JobGlance[] = [
  job('1', { carriedOver: true }),
  job('2', {
    customer: '陳美惠',
    district: '板橋區',
    zone: 'urban',
    product: '冰箱 KR-528WN',
    category: 'warranty',
    plannedAt: at(13, 10),
    receivedAt: at(8, 40),
    arrival: due(13, 10, 90),
  }),
  job('3', {
    customer: '黃淑芬',
    district: '板橋區',
    zone: 'urban',
    product: '分離式冷氣 KA-36VHD',
    category: 'contract',
    plannedAt: at(14, 25),
    receivedAt: at(8, 40),
    unsent: 1,
    arrival: due(14, 25, 165),
  }),
  job('4', {
    customer: '高慧玲',
    district: '新莊區',
    zone: 'urban',
    product: '除濕機 KD-160H',
    category: 'warranty',
    plannedAt: at(17, 0),
    receivedAt: at(8, 40),
    arrival: due(17, 0, 320),
  }),
  job('5', {
    customer: '吳冠廷',
    district: '淡水區',
    product: '熱水器 KG-1600FE',
    category: 'warranty',
    plannedAt: at(17, 30),
    receivedAt: at(8, 40),
    arrival: due(17, 30, 350),
  }),
];

export const oddJobs: readonly JobGlance[] = [
  job('6', {
    customer: '新北市立板橋文德國民小學總務處',
    product: '商用變頻分離式冷氣 KA-90VHD-3P',
    state: 'en_route',
  }),
  job('7', { customer: '陳美惠', state: 'on_site' }),
  job('8', { customer: '鄧文豪', state: 'planned', gone: gone({ to: '周俊宏', reason: '順路，由周俊宏去' }) }),
  job('9', {
    customer: '宋美珍',
    state: 'finished',
    signature: 'equal',
    gone: gone({ why: 'withdrawn', by: '林淑慧', reason: '客戶來電說不修了', worked: true }),
  }),
  job('10', { customer: '邱麗珠', state: 'finished', signature: 'equal' }),
  job('11', { customer: '周麗華', state: 'finished', signature: 'amended' }),
  job('13', { customer: '許志明', state: 'finished', signature: 'equal', incomplete: true }),
  job('12', { customer: '鄭凱文', state: 'finished', signature: 'rival' }),
];

export const oneJob: JobView = {
  ...job('2', {
    customer: '陳美惠',
    address: '板橋區文化路一段 188 巷 12 號 5 樓',
    zone: 'urban',
    product: '變頻冰箱 KR-528WN',
    category: 'warranty',
    plannedAt: at(13, 10),
    receivedAt: at(8, 40),
    state: 'en_route',
    arrival: due(13, 30, 110),
  }),
  number: 'BAN-2026-004127',
  contract: undefined,
  phone: '0912-345-678',
  receivedAt: at(15, 10) - 3 * DAY_MS,
  appointmentAt: at(13, 30),
  channel: 'phone',
  symptom: '冷藏室不冷，昨晚開始有滴水聲。下午 3 點後要去接小孩。',
  serial: '528N23-04417',
  note: '5 樓有電梯，按 12 號對講機',
  warrantyUntil: Date.UTC(2027, 2, 14),
  asset: 'asset-1',
  undone: [],
  changes: [],
  unsignedReason: undefined,
  arrived: undefined,
  history: [
    {
      id: 'a',
      at: Date.UTC(2026, 5, 2),
      action: '更換風扇馬達',
      parts: '風扇馬達\tFM-528\t1',
      undone: undefined,
      technician: '林志豪',
      signature: 'equal',
    },
    {
      id: 'b',
      at: Date.UTC(2025, 10, 18),
      action: '門封條調整',
      parts: null,
      undone: undefined,
      technician: '周俊宏',
      signature: 'amended',
    },
    {
      id: 'c',
      at: Date.UTC(2025, 7, 7),
      action: '檢查，無異常',
      parts: null,
      undone: undefined,
      technician: '林志豪',
      signature: 'equal',
    },
    {
      id: 'd',
      at: Date.UTC(2024, 8, 26),
      action: '製冰盒更換',
      parts: '製冰盒\t\t1',
      undone: undefined,
      technician: '蔡宗翰',
      signature: 'equal',
    },
    {
      id: 'e',
      at: Date.UTC(2024, 2, 15),
      action: '送貨安裝',
      parts: null,
      undone: undefined,
      technician: '許家銘',
      signature: 'equal',
    },
  ],
};

/** Two finished jobs: the fee was changed in the office; somebody there wrote another cause unseen. */
export const changedJobs: readonly JobView[] = [
  {
    ...oneJob,
    state: 'finished',
    signature: 'amended',
    changes: [{ field: 'fee_total', signed: 165_000, now: 100_000, others: [], differs: true }],
  },
  {
    ...oneJob,
    state: 'finished',
    signature: 'rival',
    changes: [
      { field: 'fault', signed: '壓縮機過熱保護', now: '壓縮機過熱保護', others: ['冷媒外漏'], differs: false },
    ],
  },
];

export const FAULTS = ['不冷', '異音', '漏水', '結霜', '不通電'];
export const FEE_ITEMS = [
  { id: 'visit', name: '檢查費', amount: 50_000 },
  { id: 'labour', name: '工資', amount: 120_000 },
  { id: 'travel', name: '車馬費', amount: 30_000 },
];
/** Used on such products lately. */
export const RECENT_PARTS = [
  { name: '溫度感測器', number: 'TS-2210' },
  { name: '除霜加熱管', number: 'DH-180' },
  { name: '風扇馬達', number: 'FM-528' },
  { name: '門封條', number: 'KR-G52' },
];
export const ACTIONS = ['更換零件', '清潔', '調整', '疏通排水', '檢查'];

export const draft: WorkInput = {
  category: 'paid',
  category_reason: null,
  fault: '不冷、漏水',
  action: '更換零件、疏通排水',
  parts: '溫度感測器\tTS-2210\t1',
  outcome: 'fixed',
  undone_reason: null,
  undone_note: null,
  undone_next: null,
  undone_wish_at: null,
  fee_total: 165_000,
};

export const content: SignedContent = {
  template: 'visit-3',
  unit: '板橋服務中心',
  technician: '林志豪',
  customer: { name: '陳美惠', address: '板橋區文化路一段 188 巷 12 號 5 樓', phone: '0912-345-678' },
  asset: { product: '變頻冰箱', model_no: 'KR-528WN', serial_no: '528N23-04417' },
  visit: {
    action: '換溫度感測器，疏通排水孔',
    parts: '溫度感測器\tTS-2210\t1\n排水管接頭\t\t2',
    arrived_at: at(11, 36),
    asset: 'asset-1',
    call: 'call-1',
    category: 'warranty',
    fault: '溫度感測器故障，排水孔阻塞',
    fee_total: 0,
    outcome: 'fixed',
    technician: 'tech-lin',
    undone_reason: null,
    undone_note: null,
    undone_next: null,
    undone_wish_at: null,
  },
};

/** A few strokes that look like a name. */
export const drawing: Drawing = {
  width: 3620,
  height: 2060,
  strokes: [
    [700, 460, 690, 700, 660, 1020],
    [710, 490, 860, 470, 900, 560, 780, 650, 890, 720, 850, 850, 740, 870],
    [1000, 600, 1200, 560, 1440, 510],
    [1210, 400, 1220, 800, 1200, 1380],
    [1050, 760, 1390, 720, 1330, 980, 1060, 1010, 1050, 760],
    [1180, 1020, 1100, 1180, 960, 1300],
    [1220, 1040, 1340, 1180, 1520, 1220],
    [1760, 500, 1840, 620],
    [1720, 680, 2160, 620],
    [1680, 980, 2240, 910],
    [1950, 620, 1940, 980],
    [1970, 1000, 1900, 1200, 1650, 1380],
    [1990, 1120, 2120, 1280, 2350, 1480],
    [2620, 520, 2900, 470, 3120, 450],
    [2860, 360, 2870, 800],
    [2620, 900, 2880, 870, 3140, 840],
    [2760, 1040, 2780, 1200, 2940, 1260, 3070, 1140],
  ].map((numbers, s) =>
    Array.from({ length: numbers.length / 2 }, (_, i) => ({
      x: numbers[2 * i] ?? 0,
      y: numbers[2 * i + 1] ?? 0,
      t: s * 300 + i * 16,
    })),
  ),
};

const line = (id: string, over: Partial<OutboxLine>): OutboxLine => ({
  id,
  about: id,
  what: '服務紀錄',
  who: '陳美惠',
  state: 'pending',
  at: at(12, 6),
  bytes: 6144,
  reason: undefined,
  progress: null,
  ...over,
});

export const outboxItems: readonly OutboxLine[] = [
  line('1', {
    who: '王建國',
    state: 'attention',
    at: at(10, 50),
    reason: '這一筆存好了，但有一欄的值不合規定，還沒套用。改好那一欄再存。',
  }),
  line('2', {
    what: '服務紀錄和簽名',
    state: 'sending',
    at: at(12, 19),
    bytes: 1_150_000,
    progress: { done: 2, total: 3, bytesLeft: 430_000 },
  }),
  line('3', { what: '服務紀錄和簽名', bytes: 18_432 }),
  line('4', { what: '出發時間', who: '黃淑芬', at: at(10, 21) }),
  line('5', { what: '到達時間', state: 'delivered', at: at(12, 19), bytes: 900 }),
];

export const places = [
  { id: 'today', label: '今日', icon: calendarCheck, href: '#/' },
  { id: 'find', label: '搜尋', icon: search, href: '#/find' },
  { id: 'outbox', label: '傳送', icon: outbox, href: '#/outbox', count: 4, countLabel: '，未送出 4 筆' },
];
