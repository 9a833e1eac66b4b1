import { filled } from './filled.ts';
import { texts } from './language.ts';

/** The end of the day: the register held against the vouchers (1-13, F017). */
export const reconciliation = texts('reconciliation', {
  title: '日終核對',
  short: '核對',
  unit: '單位',
  undispatched: filled('未派工 {count} 件'),
  undispatchedMeans: '下個上班日優先派工。',
  out: filled('憑證攜出，還沒有結果 {count} 件'),
  outMeans: '問技術員做到哪裡，或等他的裝置同步。',
  unclosed: filled('完成，還沒結案 {count} 件'),
  unclosedMeans: '結案後憑證歸檔。',
  settled: '今天都結清了。',
  call: '叫修',
  customer: '客戶',
  product: '商品',
  received: '叫修時間',
  technician: '技術員',
  note: '備註（可不填）',
  sign: '核對無誤，簽核',
  signing: '簽核中',
  signAgain: '再簽核一次',
  signed: '今天的登記簿已簽核。',
  signedBy: filled('{name} {time} 簽核：未派 {undispatched}、攜出 {out}、未結案 {unclosed}'),
  changedSince: '簽核之後有變動，請再核對一次。',
  signers: '由業務員或服務主任簽核。',
  offline: '連上伺服器才能簽核。',
  days: '最近兩週',
  missing: '沒有簽核',
  today: '今天，還沒簽核',
});
