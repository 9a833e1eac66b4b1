import { filled } from './filled.ts';
import { texts } from './language.ts';

export const signIn = texts('signIn', {
  title: '登入',
  login: '帳號',
  password: '密碼',
  show: '顯示密碼',
  hide: '遮住密碼',
  submit: '登入',
  busy: '登入中',
  forgot: '忘記密碼，請管理員重設。',
  later: '稍後再說',
  setPassword: '用設定碼設定密碼',
  empty: '還沒填。',
  restored: filled(
    '辦公室的系統 {time} 從備份還原，還原前的登入失效了，請重新登入。這台裝置上的紀錄都還在，登入後會自動送去補齊。',
  ),
  wiped: filled('辦公室停用了{name}在這裡的使用。沒送出的紀錄已交給辦公室或匯出，這台裝置上的資料已經清除。'),
  emptied:
    '瀏覽器把這台裝置存的資料清掉了。清掉之前還沒送出的紀錄可能不在了，已經告訴辦公室。看哪些要補登，並把程式加到主畫面。',
});
