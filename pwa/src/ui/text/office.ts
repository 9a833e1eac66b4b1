import { filled } from './filled.ts';
import { texts } from './language.ts';

/** What every page of the office has around it. */
export const office = texts('office', {
  register: '登記與派工',
  vouchers: '服務憑證',
  inbox: '待決定',
  settings: '設定',
  contact: filled('最後同步 {time}'),
  noContact: '還沒同步過',
  unsent: filled('未送出 {count} 筆'),
  send: '現在傳送',
  account: filled('{name} {role}'),
  signOut: '登出',
  unsentTitle: '還有紀錄沒送出',
  unsentBody: '先送出再登出。送不出去就匯出檔案留存，登出後紀錄仍在這台電腦，再登入就會送出。',
  exportFile: '匯出檔案',
  stay: '先不登出',
  signInAgain: '重新登入',
  login: '帳號',
  password: '密碼',
  signInBody: '手邊的紀錄都存好了，登入後就會送出。',
  pending: '還沒存到伺服器',
  pendingHead: '存檔狀態',
  loading: '第一次收資料，收完就會顯示。',
  notLoaded: '還沒收到公司的資料。連上網路就會開始。',
  reason: '原因',
  reasonMissing: '沒寫原因，什麼都沒有改。寫一句再做。',
  cancel: '先不要',
  back: '回上一頁',
  clearFilter: '清除篩選',
  done: '關閉',
});
