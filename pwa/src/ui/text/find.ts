import { filled } from './filled.ts';
import { texts } from './language.ts';

export const find = texts('find', {
  title: '搜尋',
  label: '客戶、電話、序號或叫修號碼',
  short: '客戶、電話、序號',
  hint: '只找存在這台裝置的資料，沒有網路也能找。',
  begin: '打姓名的一個字、電話或號碼的末三碼就能找，繁體簡體都可以。',
  nothing: '找不到。少打幾個字，或換電話、序號再找。',
  customer: '客戶',
  asset: '商品',
  service_call: '叫修',
  more: filled('還有 {count} 筆，多打幾個字就會變少。'),
  recent: '最近找過',
  forget: '清除最近找過的',
  product: '商品',
  oneCustomer: '客戶資料',
  noCalls: '這台裝置上沒有這位客戶的叫修。',
  customerMissing: '這台裝置上找不到這位客戶。',
  others: '這位客戶的其他商品',
  visits: filled('服務紀錄 {count} 次'),
  missing: '這台裝置沒有這台商品，可能在別的單位。',
  back: '回搜尋',
  nothingYet: '資料還沒收到。連上網路就會自動收。',
  asOf: filled('連不到辦公室，這是 {time} 收到的資料。'),
});
