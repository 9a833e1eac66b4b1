import type { Doc } from '../../src/store/index.ts';
import { ALIKE } from '../../src/ui/books/alike.ts';
import { booksOf } from '../../src/ui/books/books.ts';
import { find, indexer } from '../../src/ui/books/finding.ts';
import { charactersOf } from '../../src/ui/books/folding.ts';
import { hitGroups } from '../../src/ui/books/hits.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import type { Kind } from '../../src/wire/vocabulary.ts';

const [CUSTOMERS, ASSETS, CALLS, MOST, ROUNDS] = [10_000, 10_000, 20_000, 30, 5];
const TYPED = [
  '王',
  '陳美惠',
  '陈美',
  '板桥区',
  '路',
  '02-2955-1234',
  '+886 912 345',
  '528',
  'KR-528WN',
  '004127',
  '冰箱 王',
];

const SURNAMES = [...'陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高'];
const GIVEN = [...'美惠志豪淑芬俊宏雅文建國佳蓉宗翰怡君家豪欣怡冠宇雅婷承恩詩涵柏翰麗華秀英明峰'];
const DISTRICTS = ['板橋區', '中和區', '永和區', '土城區', '新莊區', '三重區', '臺北市大安區', '桃園區'];
const ROADS = ['文化路', '中山路', '民生路', '四川路', '縣民大道', '重慶路', '裕民街', '廣福街'];
const PRODUCTS = ['變頻冰箱', '洗衣機', '除濕機', '分離式冷氣', '電視', '熱水器'];

/** The same company in every run. */
let seed = 20_261_127;
function below(limit: number): number {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return Math.floor((seed / 4_294_967_296) * limit);
}
const one = <T>(list: readonly T[]) => list[below(list.length)] as T;
const figures = (length: number) => String(below(10 ** length)).padStart(length, '0');
const name = () => `${one(SURNAMES)}${one(GIVEN)}${one(GIVEN)}`;
const place = () => `${one(DISTRICTS)}${one(ROADS)}${below(400) + 1}號${below(12) + 1}樓`;

function made<K extends Kind>(kind: K, count: number, fields: (place: number) => Kinds[K]): readonly Doc<K>[] {
  return Array.from({ length: count }, (_, at) => ({
    kind,
    id: `${kind}-${at}`,
    fields: fields(at),
    seen: { base: [1, 'epoch'], over: {} },
    rivals: {},
    position: 1,
    unsent: 0,
    held: 0,
  }));
}

const books = booksOf({
  customer: made('customer', CUSTOMERS, () => ({
    name: name(),
    phone: `02-${figures(4)}-${figures(4)}`,
    mobile: `09${figures(2)}-${figures(3)}-${figures(3)}`,
    address: place(),
    district: one(DISTRICTS),
  })),
  asset: made('asset', ASSETS, (at) => ({
    customer: `customer-${at % CUSTOMERS}`,
    product: one(PRODUCTS),
    model_no: `K${one(['R', 'W', 'D'])}-${figures(3)}${one(['WN', 'DX', 'H'])}`,
    serial_no: `${figures(3)}${one(['N', 'D', 'H'])}-${figures(6)}`,
  })),
  service_voucher: made('service_voucher', ASSETS, (at) => ({ number: `V-BAN-${String(at).padStart(6, '0')}` })).map(
    (doc, at) => ({ ...doc, id: `asset-${at}` }),
  ),
  service_call: made('service_call', CALLS, (at) => ({
    customer: `customer-${at % CUSTOMERS}`,
    asset: `asset-${at % ASSETS}`,
    number: `BAN-2026-${String(at).padStart(6, '0')}`,
    contact_name: name(),
    contact_phone: `09${figures(2)}-${figures(3)}-${figures(3)}`,
    address: place(),
    district: one(DISTRICTS),
    received_at: Date.UTC(2026, 0, 1) + at * 60_000,
  })),
  service_visit: made('service_visit', CALLS, (at) => ({
    asset: `asset-${at % ASSETS}`,
    finished_at: Date.UTC(2026, 0, 1) + at * 60_000,
  })),
});

function timed(act: () => void): number {
  const since = performance.now();
  act();
  return performance.now() - since;
}

/** Makes the books ready in slices, as a page does; tells the longest time in which nobody else had a turn. */
async function ready() {
  const began = performance.now();
  let [since, longest] = [began, 0];
  const told = () => {
    longest = Math.max(longest, performance.now() - since);
  };
  const index = await indexer(charactersOf(ALIKE))(books, async () => {
    told();
    await new Promise((done) => setTimeout(done));
    since = performance.now();
  });
  told();
  return { index, index_ms: Math.round(performance.now() - began), longest_block_ms: rounded(longest) };
}

const rounded = (ms: number) => Number(ms.toFixed(1));

/** Types into the search of a large company, letter by letter; milliseconds. */
export async function measured() {
  const { index, ...making } = await ready();
  const strokes = TYPED.flatMap((text) => [...text].map((_, at) => [...text].slice(0, at + 1).join('')));
  const spent = Array.from({ length: ROUNDS }, () =>
    strokes.map((typed) => timed(() => hitGroups(index, find(index, typed, MOST)))),
  ).flat();
  spent.sort((less, more) => less - more);
  const share = (part: number) => rounded(spent[Math.floor(part * (spent.length - 1))] ?? 0);
  return {
    customers: CUSTOMERS,
    assets: ASSETS,
    calls: CALLS,
    strokes: spent.length,
    p50_ms: share(0.5),
    p95_ms: share(0.95),
    worst_ms: share(1),
    ...making,
  };
}
