import { filled } from './filled.ts';
import { texts } from './language.ts';

/** The page on which the company's units are set up. */
export const units = texts('units', {
  title: '單位',
  name: '單位名稱',
  code: '代號',
  codeHint: '叫修和憑證號碼的開頭，例如 TPE',
  codeUsed: '已經有用這個代號的號碼，不能再改',
  phoneWrong: '至少 5 個數字。',
  codeWrong: '英文字母開頭，共 2 到 8 個英文字母或數字。',
  kind: '種類',
  timeZone: '時區',
  address: '地址',
  phone: '電話',
  add: '新增單位',
  addTitle: '新增單位',
  addBody: '新單位會有今明兩年的國定假日和內建的常用語。',
  added: filled('{name}已新增。'),
  edit: '編輯',
  editTitle: filled('編輯{name}'),
  save: '存檔',
  saved: '已存檔。',
  missing: '還沒填。',
  choose: '選一個單位看內容。',
  empty: '還沒有單位。',
  offline: '連不到伺服器，現在只能看。改到一半的都還在，連上後再存。',
  limits: '期限',
  lag: '登記期限（分鐘）',
  lagHint: '叫修超過這麼久才登記，登記簿會標示晚了多久',
  copyDays: '副本連結有效天數',
  copyDaysHint: '發給客戶的連結，多久以內打得開',
  between: filled('填 {least} 到 {most} 的整數。'),
  limitsConsequence: '存檔後馬上照新的算。已經發給客戶的連結不變。',
  neverSet: '還沒設定過，用預設值',
  limitsSaved: '期限已存檔。',
  nothing: '沒有改。',
});

/** Clocks that a unit may live by. */
export const clocks = texts('clocks', {
  'Asia/Taipei': '台北',
  'Asia/Hong_Kong': '香港',
  'Asia/Macau': '澳門',
  'Asia/Shanghai': '上海',
  'Asia/Tokyo': '東京',
  'Asia/Seoul': '首爾',
  'Asia/Manila': '馬尼拉',
  'Asia/Ho_Chi_Minh': '胡志明市',
  'Asia/Bangkok': '曼谷',
  'Asia/Singapore': '新加坡',
});
