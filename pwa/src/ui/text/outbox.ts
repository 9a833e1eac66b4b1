import { filled } from './filled.ts';
import { texts } from './language.ts';

export const outbox = texts('outbox', {
  title: '傳送',
  exportFile: '匯出檔案',
  attention: '需處理',
  sending: '傳送中',
  pending: '待送',
  delivered: '已送達',
  deliveredToday: filled('今天 {count} 筆'),
  here: filled('{time} 存在這支手機'),
  received: filled('{time} 辦公室已收到，核對相符'),
  parts: filled('已傳 {done} 件，剩 {size}'),
  both: '看兩邊內容',
  callManager: '打給主任',
  retry: '再傳這筆',
  send: '現在傳送',
  busy: '傳送中',
  empty: '都送出了。',
});
