import type { Deed } from '../../wire/vocabulary.ts';
import { filled } from './filled.ts';
import { texts } from './language.ts';

/** The log of who did what, when and why. */
export const audit = texts('audit', {
  title: '稽核紀錄',
  person: '人員',
  everybody: '所有人',
  deed: '事項',
  everything: '所有事項',
  until: '到這天為止',
  time: '時間',
  who: '誰',
  device: '裝置',
  what: '做了什麼',
  about: '對象',
  purpose: '原因',
  system: '系統',
  nobody: '沒登入的人',
  actingFor: filled('{name}（代理{other}）'),
  more: '再看更早的',
  total: filled('{count} 筆'),
  empty: '沒有符合的紀錄。',
  offline: '連不上伺服器，稽核紀錄要連線才看得到。',
  broken: filled('第 {seqs} 筆的內容和當時寫下的不同，資料庫可能被改過。請保留備份並聯絡系統負責人。'),
  export: '匯出 CSV',
  seq: '序號',
});

/** What an entry is about besides documents. */
export const auditOthers = texts('auditOthers', {
  company: '公司',
  epoch: '資料庫',
  actor: '一段裝置紀錄',
  operation: '一筆裝置紀錄',
  file: '檔案',
});

/** What the system itself notes as a reason. */
export const auditPurposes = texts('auditPurposes', {
  restore: '用還原指令放回備份',
  hello: '資料庫換成較舊的，由裝置發現',
  repaired: filled('{ranges} 段不同，補正 {rows} 筆'),
  imported: filled('{kind}新增 {fresh} 筆、更改 {changed} 筆'),
});

export const deeds = texts('auditDeeds', {
  'company.founded': '建立公司',
  'session.signed_in': '登入',
  'session.refused': '登入被拒絕',
  'session.signed_out': '登出',
  'session.bound': '從登記的裝置連線',
  'account.password_reset': '用一次性代碼重設密碼',
  'account.password_changed': '換密碼',
  'account.password_refused': '換密碼被拒絕',
  'account.reset_refused': '一次性代碼不對',
  'account.user_added': '新增人員',
  'account.user_changed': '更改人員',
  'account.login_given': '給回帳號',
  'acting.appointed': '指定代理主任',
  'acting.ended': '提前結束代理',
  'device.enrolled': '登記裝置',
  'device.revoked': '停用裝置',
  'device.emptied': '裝置的資料被瀏覽器清掉',
  'visit.signed': '客戶簽名',
  'visit.amended': '簽後修改',
  'visit.confirmed': '確認沒簽',
  'call.dispatched': '派工',
  'call.dispatch_cancelled': '取消派工',
  'call.dispatch_moved': '改時間或改派',
  'call.withdrawn': '撤銷叫修',
  'call.reinstated': '恢復叫修',
  'call.closed_and_filed': '結案並歸檔',
  'customer.merged': '合併客戶',
  'customer.unmerged': '復原合併的客戶',
  'asset.merged': '合併商品',
  'asset.unmerged': '復原合併的商品',
  'call.day_reconciled': '日終核對簽核',
  'calendar.hours_changed': '更改服務時間',
  'calendar.days_changed': '更改特別的日子',
  'calendar.district_changed': '更改地區',
  'held.applied': '套用沒套用的內容',
  'held.rejected': '不採用沒套用的內容',
  'held.released': '放行停用裝置的內容',
  'list.imported': '匯入名單',
  'rescue.imported': '匯入未送出檔案',
  'quarantine.opened': '停用裝置開始交資料',
  'quarantine.closed': '停用裝置交完資料',
  'sync.epoch_begun': '資料庫還原過',
  'sync.loss_settled': '註銷遺失的資料',
  'sync.parting_settled': '結束裝置分岔的通知',
  'sync.rows_repaired': '補正裝置上的資料',
} satisfies Record<Deed, string>);
