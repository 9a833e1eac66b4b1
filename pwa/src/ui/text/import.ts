import type { RowFault } from '../../wire/vocabulary.ts';
import { filled } from './filled.ts';
import { texts } from './language.ts';

/** The page on which a list is taken in from a file. */
export const importing = texts('importing', {
  unit: '單位',
  list: '匯入什麼',
  safe: '先檢查，不會寫入。檢查完再決定要不要匯入。',
  choose: '選檔案',
  template: '空白範本',
  columns: '可以有的欄',
  dates: '日期寫 2026/11/25、115/11/25 或民國115年11月25日都可以。',
  checking: '檢查中',
  tooLarge: filled('檔案超過 {size}，沒有讀。分成幾個檔再匯入。'),
  offline: '連不到伺服器，連上後再匯入。',
  result: '檢查結果',
  errors: '有錯的列',
  changes: '會更改的內容',
  rows: filled('共 {rows} 列'),
  wrong: filled('{count} 列有錯'),
  allRight: '每一列都可以匯入',
  repeated: filled('{count} 列和前面的列重複，不會再加一次'),
  big5: '這個檔是 Big5 編碼，已照 Big5 讀。',
  gbk: '這個檔是 GBK（簡體中文）編碼，已照 GBK 讀。',
  sheet: filled('只讀第一張工作表「{sheet}」，這些沒有讀：{others}。'),
  unknown: filled('這些欄不認得，不會匯入：{headings}。'),
  kind: '資料',
  customer: '客戶',
  asset: '商品',
  maintenance_contract: '契約',
  covered_asset: '契約商品',
  fresh: '新增',
  changed: '更改',
  unchanged: '已有，不動',
  row: '列',
  column: '欄',
  value: '內容',
  what: '怎麼改',
  whole: '整列',
  whose: '誰的',
  field: '欄位',
  before: '現在',
  after: '改成',
  none: '（空白）',
  moreErrors: filled('只列前 {count} 個。改好再檢查一次，就看得到其他的。'),
  moreChanges: filled('只列前 {count} 個，其他 {more} 個一樣會改。'),
  skip: filled('略過有錯的 {count} 列，其他的先匯入'),
  take: filled('匯入 {count} 列'),
  nothing: '沒有要匯入的，正確的列都已經在系統裡。',
  allWrong: '每一列都有錯，改好再選一次。',
  mend: '改好再選一次，或勾選略過。',
  taking: '匯入中',
  progress: filled('已寫 {done} 筆，共 {of} 筆。離開這一頁就不匯入。'),
  ending: '存檔中，馬上好。',
  cancel: '不匯入了',
  cancelled: '沒有匯入，什麼都沒有改。',
  another: '再選一個檔',
});

/** What the page says of a list of customers and products. */
export const importCustomers = texts('importCustomers', {
  name: '客戶和商品',
  title: '匯入客戶和商品',
  about: filled('CSV 或 Excel（.xlsx），最多 {rows} 列、{size}。一列可以同時有客戶和他的商品。'),
  needed: '客戶名稱一定要有，電話和手機至少要有一個。有商品的資料，就要有商品或型號。',
  headings: '第一列是標題，順序不限，用不到的欄可以拿掉。常見的叫法也認得，例如統編、機型、保固到期。',
  again: '同一份檔再匯入一次不會重複。客戶看統一編號，沒有就看名稱加電話；商品看序號和型號。',
  exportKept: '匯出現有客戶',
  done: filled('匯入完成。客戶新增 {fresh} 位，商品新增 {products} 台，更改 {changed} 筆。'),
});

/** What it says of a list of maintenance contracts. */
export const importContracts = texts('importContracts', {
  name: '保養契約',
  title: '匯入保養契約',
  about: filled('CSV 或 Excel（.xlsx），最多 {rows} 列、{size}。一台契約商品一列，同一個編號就是同一份契約。'),
  needed:
    '契約編號和客戶名稱一定要有，電話、手機、統一編號至少要有一個。新契約要有起日和迄日。客戶和商品要先在系統裡，這裡不會新增。',
  headings: '第一列是標題，順序不限，用不到的欄可以拿掉。常見的叫法也認得，例如合約編號、到期日、次數。',
  again: '同一份檔再匯入一次不會重複。次數不填就是不限，商品不填就先不加商品。清單上沒有的商品不會移出契約。',
  exportKept: '匯出現有契約',
  done: filled('匯入完成。契約新增 {fresh} 份，加入商品 {products} 台，更改 {changed} 筆。'),
});

/** What is wrong in a row, and what to do about it. */
export const rowFaults = texts('rowFaults', {
  name_missing: '沒有客戶名稱，補上。',
  phone_missing: '電話和手機都沒有，補一個。',
  product_missing: '有序號、日期或備註，沒有商品也沒有型號，補一個。',
  phone: '不像電話號碼，至少要有 5 個數字。',
  tax_id: '統一編號不對，對一下 8 個數字。',
  date: '日期讀不懂，寫成 2026/11/25 或 115/11/25。',
  dates_reversed: '保證到期早於購買日期，改其中一個。',
  too_long: filled('太長，最多 {most} 個字。'),
  no_text: '有存不了的字元，刪掉重打這一格。',
  formula: '公式算不出來，改成文字或數字。',
  beyond_headings: '這一格上面沒有標題，內容可能多了逗號而錯開，移回原來的欄。',
  contradicts: filled('第 {row} 列的同一筆寫「{before}」，改成一樣的。'),
  customer_ambiguous: filled('像 {count} 位客戶：{names}。填統一編號，或先在系統裡合成一位。'),
  product_ambiguous: filled('像 {count} 台商品：{names}。填型號和序號分清楚。'),
  product_elsewhere: filled('這個序號是「{name}」的商品，改序號或客戶。'),
  customer_erased: '這位客戶的個資已依客戶要求刪除，不能從名單寫回。真的是新客戶，請在接叫修新增。',
  customer_unknown: '找不到這位客戶。對一下名稱、電話和統一編號，還沒有的先匯入客戶。',
  product_unknown: '這位客戶沒有這台商品。對一下序號和型號，還沒有的先匯入商品。',
  number_missing: '沒有契約編號，補上。',
  number_elsewhere: filled('這個編號是「{name}」的契約，改編號或客戶。'),
  number_ambiguous: filled('這個編號有 {count} 份契約，填起日和迄日分清楚。'),
  period_missing: '新契約要有起日和迄日，補上。',
  period_reversed: '迄日早於起日，改其中一個。',
  period_apart: filled('系統裡這個編號是 {period} 的契約，日期完全錯開。續約要用新的編號，寫錯的改日期。'),
  count: '次數要寫 0 以上的整數，不限就空著。',
  money: '金額要寫 0 以上的整數，例如 800。',
} satisfies Record<RowFault, unknown>);

/** Taking a list out as a file. */
export const exporting = texts('exporting', {
  export: '匯出',
  title: '匯出檔案',
  about: filled('共 {count} 列，照現在的篩選。'),
  onlyHeadings: '只有標題列。',
  csv: 'CSV',
  excel: 'Excel',
  making: '製作中',
  needsServer: 'Excel 檔由伺服器製作，要連得到伺服器。CSV 不用。',
  close: '關閉',
});

/** Headings of lists in a file, where the page has none of its own. */
export const listHeads = texts('listHeads', {
  number: '號碼',
  state: '狀態',
  category: '類別',
  holder: '攜出的人',
  pending: '未送出筆數',
  matter: '事項',
  detail: '內容',
  customer: '客戶',
  product: '商品',
  since: '從什麼時候',
  billing: '帳款',
  time: '時間',
});
