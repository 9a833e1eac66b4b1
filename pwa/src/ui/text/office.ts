import { texts } from './language.ts';

export const office = texts('office', {
  find: '客戶、電話、序號',
  pending: '還沒存到伺服器',
  pendingHead: '存檔狀態',
});
