import { filled } from './filled.ts';
import { texts } from './language.ts';

export const enrol = texts('enrol', {
  title: '登記這支手機',
  intro: '登記後，離線也能記錄服務。這支手機會有自己的鑰匙，鑰匙不會離開手機。',
  who: filled('{name}，{company}'),
  device: '手機名稱',
  deviceHint: '遺失時，管理員靠這個名稱停用它。',
  deviceMissing: '還沒取名。寫得出是哪一支就好。',
  pin: '設定 6 位數解鎖碼',
  pinAgain: '再輸入一次',
  pinDiffers: '兩次不一樣。重新設定一次。',
  pinHint: '打開 app 時要輸入，別人拿到手機也看不到客戶資料。',
  submit: '登記這支手機',
  busy: '登記中',
  suggestion: filled('{name}的手機'),
});
