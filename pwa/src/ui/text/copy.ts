import { filled } from './filled.ts';
import { texts } from './language.ts';

/** The customer's copy of what he signed: the link that is given, and the page that it opens. */
export const copy = texts('copy', {
  give: '給客戶副本',
  title: '客戶的副本',
  how: '客戶用手機掃這個碼，就能看到他簽的內容，也可以列印。',
  until: filled('{date} 以前打得開。'),
  unsent: '這台裝置還有沒送出的資料，送出以後客戶才打得開。',
  qr: '副本的連結，給客戶掃',
  share: '傳給客戶',
  copyLink: '複製連結',
  copied: '連結已複製。',
  takeBack: '收回連結',
  takenBack: '連結已收回，客戶打不開了。',
  close: '關閉',
  page: '服務紀錄副本',
  loading: '正在讀副本',
  signature: filled('{name} 的簽名'),
  signedAt: filled('{name} 於 {time} 簽名'),
  noStrokes: '簽名的筆跡還在技術員的手機上，晚一點再打開。',
  fingerprint: '內容指紋',
  whole: '內容和客戶簽名時完全相同。',
  broken: '內容和指紋不符，這份副本不可信。請打電話給服務中心。',
  print: '列印或存成 PDF',
  again: '再試一次',
  erased: '這份副本的內容、簽名和照片都不在了。有問題請打電話給服務中心。',
  unreadable: '連結不完整。請再掃一次，或請服務中心再給一個。',
});
