import { filled } from './filled.ts';
import { texts } from './language.ts';

export const job = texts('job', {
  title: '工單',
  call: '叫修內容',
  received: filled('{day} {time} {channel}'),
  phone: '電話',
  letter: '信件',
  web: '網頁',
  email: '電子郵件',
  counter: '臨櫃',
  product: '商品',
  serial: filled('序號 {serial}'),
  warranty: filled('免費保證至 {date}'),
  warrantyOver: filled('保證已於 {date} 到期'),
  warrantyUnknown: '保證日期不明',
  contract: filled('契約至 {date}'),
  noContract: '無契約',
  voucher: '服務憑證',
  lastVisits: filled('近 {count} 次'),
  noVisits: '還沒有服務紀錄。',
  callCustomer: filled('打電話 {phone}'),
});
