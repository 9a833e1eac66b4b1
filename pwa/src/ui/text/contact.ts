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
  silentPeople: filled('{count} 人超過 30 分沒同步'),
});
