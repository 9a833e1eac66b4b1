import { filled } from './filled.ts';
import { texts } from './language.ts';

export const find = texts('find', {
  title: '搜尋',
  label: '客戶、電話、序號或叫修號碼',
  hint: '只找存在這台裝置的資料，沒有網路也能找。',
  nothing: '找不到。少打幾個字，或換電話、序號再找。',
  product: '商品',
  others: '這位客戶的其他商品',
  visits: filled('服務紀錄 {count} 次'),
  missing: '這台裝置上找不到這台商品。',
});
