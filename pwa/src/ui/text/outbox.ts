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
  here: filled('{time} 存在這台裝置'),
  received: filled('{time} 辦公室已收到，核對相符'),
  sign_in: '登入過期了。紀錄都存在這台裝置，重新登入就會送出。',
  revoked: '這台裝置已停用，辦公室不再收它的紀錄。還沒送出的都在，匯出檔案交給主任收進來。',
  wipe: '清除這台裝置',
  wipeTitle: '清除這台裝置上的資料',
  wipeBody: '公司的資料都會從這台裝置清掉。沒送出的紀錄只剩匯出的檔案，要交給主任。',
  wipeUnsafe: '還有紀錄沒匯出。先按「匯出檔案」，再清除。',
  wipeNow: '清除',
  wiping: '清除中',
  keep: '先不清除',
  outdated: '這個版本太舊，不能傳送。紀錄都存在這台裝置，更新後就會送出。',
  signIn: '重新登入',
  fileName: filled('未送出紀錄 {date}.fprescue'),
  unreachable: filled('連不到辦公室，上次連上 {time}。'),
  never: '連不到辦公室，還沒連上過。',
  parts: filled('已傳 {done} 件，剩 {size}'),
  open: '看工單',
  dismiss: '知道了',
  callManager: '打給主任',
  retry: '再傳這筆',
  send: '現在傳送',
  busy: '傳送中',
  empty: '都送出了。',
});

/** What the outbox is told that was captured. */
export type DeedName =
  | 'visit.travel'
  | 'visit.stay'
  | 'visit.arrive'
  | 'visit.place'
  | 'visit.correct'
  | 'visit.work'
  | 'visit.photo'
  | 'visit.sign'
  | 'visit.unsigned'
  | 'visit.contact'
  | 'visit.copy'
  | 'time.start'
  | 'time.end'
  | 'time.add'
  | 'time.change';

/** What each kind of captured item is called. */
export const deeds = texts('deeds', {
  'visit.travel': '出發時間',
  'visit.stay': '取消出發',
  'visit.arrive': '到達時間',
  'visit.place': '到達位置',
  'visit.correct': '更正到達時間',
  'visit.work': '服務紀錄',
  'visit.photo': '照片',
  'visit.sign': '服務紀錄和簽名',
  'visit.unsigned': '服務紀錄，沒有簽名',
  'visit.contact': '聯絡紀錄',
  'visit.copy': '客戶副本',
  'time.start': '行政工作開始',
  'time.end': '行政工作結束',
  'time.add': '補記行政工作',
  'time.change': '修改行政工作',
  other: '紀錄',
} satisfies Record<DeedName | 'other', string>);
