import { filled } from './filled.ts';
import { texts } from './language.ts';

/** When somebody's phone was last in touch, and what it said that it still has. */
export const contact = texts('contact', {
  last: filled('最後同步 {time}'),
  silent: filled('最後同步 {time}，超過 30 分沒消息'),
  never: '還沒同步過',
  unknown: '查不到最後同步',
  yesterday: filled('昨天 {time}'),
  unsent: filled('未送出 {count} 筆'),
  unsentSince: filled('未送出 {count} 筆，{time} 起'),
  lost: filled('{count} 筆一直沒送到'),
  lostSince: filled('{time} 起的 {count} 筆一直沒送到'),
  repaired: filled('{day} 修復 {count} 筆'),
  repairedAt: filled('{time} 修復 {count} 筆'),
  repairedWhy: '這台裝置的資料和公司的對不上，已自動重新取得；沒送出的紀錄不受影響。',
  repairedOften: filled('到目前為止修復過 {times} 次，這是最近一次。'),
  people: filled('{count} 人'),
  silentPeople: filled('{count} 人超過 30 分沒同步'),
});
