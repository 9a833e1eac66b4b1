import { texts } from './language.ts';

/** A customer is to pay for what his warranty or contract would cover (1-1, F004). */
export const charging = texts('charging', {
  title: '類別',
  change: '改成有費',
  back: '改回原來',
  question: '為什麼改成有費',
  consequence: '客戶損壞不在保證或契約內。原因會留下紀錄，客戶簽名時看得到類別和費用。',
  reason: '原因',
  dropped: '摔落或碰撞',
  wet: '進水',
  misused: '使用不當',
  power: '電壓或天災',
  other: '其他',
  note: '說明',
  missing: '選一個原因，或寫說明。',
  comma: '，',
  cancel: '取消',
});
