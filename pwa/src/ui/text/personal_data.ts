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
  making: '整理中',
  file: filled('{name}的個資'),
  unnamed: '客戶',
  given: '個資匯出好了，在下載的檔案裡。',
});
