import { filled } from './filled.ts';
import { texts } from './language.ts';

export const enrol = texts('enrol', {
  title: '登記這台裝置',
  intro: '登記後，離線也能記錄服務。這台裝置會有自己的鑰匙，鑰匙不會離開裝置。',
  who: filled('{name}，{company}'),
  device: '裝置名稱',
  deviceHint: '遺失時，管理員靠這個名稱停用它。',
  deviceMissing: '還沒取名。寫得出是哪一台就好。',
  pin: '設定 6 位數解鎖碼',
  pinAgain: '再輸入一次',
  pinDiffers: '兩次不一樣。重新設定一次。',
  pinHint: '打開 app 時要輸入，別人拿到裝置也看不到客戶資料。',
  submit: '登記這台裝置',
  busy: '登記中',
  suggestion: filled('{name}的手機'),
});
