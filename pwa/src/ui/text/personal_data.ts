import { filled } from './filled.ts';
import { texts } from './language.ts';

/** What the company keeps of one customer. */
export const personalData = texts('personalData', {
  title: '個資',
  export: '匯出個資',
  exportTitle: filled('匯出 {name} 的個資'),
  exportBody: '公司留著的、跟這位客戶有關的資料都在一個 ZIP 檔裡：',
  customer: '客戶資料、商品、憑證、保養契約',
  service: '叫修、派工、服務紀錄和歷程：誰在什麼時候寫了什麼',
  signed: '簽過的內容、簽名和照片',
  reading: '客戶解開後打開 index.html 就能看，不必連網。CSV 用試算表開，data.json 給程式讀。',
  care: '只交給客戶本人。這次匯出會記在稽核紀錄。',
  language: '檔案語言',
  making: '整理中',
  file: filled('{name}的個資'),
  unnamed: '客戶',
  given: '個資匯出好了，在下載的檔案裡。',
});

/** Erasing one customer's personal data for good (ADR 44). */
export const erasing = texts('erasing', {
  open: '刪除個資',
  title: filled('刪除 {name} 的個資'),
  final: '刪了就拿不回來，誰都不能復原。',
  goes: '這些會永久刪除：',
  goesWho: '名稱、電話、地址、統編、來電的人',
  goesSigned: '簽過的內容、簽名、照片、副本連結',
  goesTyped: '寫過的文字：症狀、故障、處理、備註、原因',
  stays: '這些會留著：',
  staysFigures: '編號、時間、金額、類別、商品和序號，報表照舊',
  staysProof: '簽過內容的指紋和稽核紀錄，證明沒有人改過',
  first: '客戶要一份的話，先匯出再刪。',
  exportFirst: '先匯出個資',
  owes: filled('{count} 件叫修帳款未結：{numbers}。刪了就不知道向誰收。'),
  settled: '這些都收清了，或不再收',
  settledMissing: '還沒確認帳款，什麼都沒有刪。收清了或不再收，先勾選。',
  name: '再打一次客戶名稱',
  nameHint: filled('照著打：{name}'),
  nameMissing: '還沒打客戶名稱，什麼都沒有刪。',
  reasonHint: '會記在稽核紀錄，不要寫客戶的名字。',
  offline: '連不到伺服器，什麼都沒有刪。連上後再刪。',
  act: '永久刪除',
  busy: '刪除中',
  done: '個資刪除了。其他裝置連上網路就會跟著刪。',
});

/** What stands where a value was that an erasure took away. */
export const erased = texts('erased', {
  gone: '已依客戶要求刪除',
  short: '已刪除',
  at: filled('已依客戶要求刪除（{date}）'),
});
