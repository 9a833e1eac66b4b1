import { filled } from './filled.ts';
import { texts } from './language.ts';

/** The last work of a device that was stopped. */
export const quarantine = texts('quarantine', {
  title: filled('停用後交回的{kind}'),
  device: filled('{who}在 {time} 停用。'),
  account: filled('{name}的帳號在 {time} 停用，「{device}」把最後的紀錄交回來。'),
  heading: '停用後交回的紀錄',
  away: filled('停用後還沒連回來。'),
  coming: filled('說有 {announced} 筆，已交回 {arrived} 筆，還沒交完。'),
  whole: filled('{time} 交完 {arrived} 筆，裝置上的資料已清除。'),
  empty: filled('{time} 連回來，沒有要交回的，裝置上的資料已清除。'),
  failed: '讀不到這台裝置交回了多少。',
  again: '再讀一次',
  release: '放行',
  releaseHint: '放行就照他寫的算，同一份紀錄之前交回的一起放行。',
  released: filled('已放行 {count} 件，以原來的人具名。'),
  releaseAll: filled('這台的 {count} 件全部放行'),
  rejectAll: filled('這台的 {count} 件全部退回'),
  rejectedAll: filled('已退回 {count} 件。原件留在歷程。'),
  unknown: '查不到交回多少',
  waiting: filled('{count} 件待決定'),
  decide: filled('到「待決定」處理這 {count} 件'),
  managerDecides: filled('{count} 件等服務主任決定。'),
  nothingWaits: '目前沒有待決定的。',
});

/** The same in short, as a list says it. */
export const handedIn = texts('handedIn', {
  away: filled('還沒連回來'),
  coming: filled('交回 {arrived}／{announced} 筆'),
  whole: filled('交回 {arrived} 筆，資料已清除'),
  empty: filled('沒有要交回的，資料已清除'),
});
