import { texts } from './language.ts';

export const update = texts('update', {
  ready: '有新版本，資料不受影響。',
  take: '更新',
  later: '稍後',
  waiting: '存好後更新',
});
