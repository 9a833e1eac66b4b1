import { filled } from './filled.ts';
import { texts } from './language.ts';

export const account = texts('account', {
  title: '我的帳號',
  device: '這台裝置',
  contact: filled('最後同步 {time}'),
  noContact: '還沒同步過',
  install: '加到主畫面',
  installHint: '記錄存在這台裝置。加到主畫面，才不會被系統清掉。',
  installByHand: '在瀏覽器的分享選單裡選「加入主畫面」。',
  receipts: '回條',
  receiptsHint: '辦公室收到的每一筆都簽了回條。匯出的檔案可以證明哪些紀錄在什麼時候送到。',
  receiptsCount: filled('{count} 筆操作有回條，最新 {time}'),
  noReceipts: '還沒有回條。第一筆紀錄送到就會有。',
  receiptsLoading: '讀取中',
  exportReceipts: '匯出回條',
  receiptsName: filled('回條 {date}.jsonl'),
  signOut: '登出',
  signingOut: '登出中',
  unsentTitle: '還有紀錄沒送出',
  unsentBody: filled(
    '{count} 筆紀錄只存在這台裝置，先送出再登出。送不出去就匯出檔案留存，登出後紀錄仍在這台裝置，再登入就會送出。',
  ),
  send: '現在傳送',
  exportFile: '匯出檔案',
  stay: '先不登出',
});
