import { filled } from './filled.ts';
import { texts } from './language.ts';

export const lock = texts('lock', {
  title: '輸入解鎖碼',
  wrong: filled('解鎖碼不對。資料都在。還可以試 {left} 次。'),
  signIn: '錯太多次。資料都在。重新登入後再設解鎖碼。',
  again: '重新登入',
  unsent: filled('未送出 {count} 筆，都存在這台裝置'),
});
