import { texts } from './language.ts';

/** What is said before anybody sees a screen of the app. */
export const entry = texts('entry', {
  title: '打不開',
  notLoaded: '這一部分沒有載入。',
  allKept: '這台裝置上的紀錄都在。',
  thenReload: '連上網路後重新載入。',
  reload: '重新載入',
  noStorage: '瀏覽器不讓這個網站存資料，紀錄沒有地方放。',
  noStorageNext: '關掉無痕模式，或允許這個網站存資料，再打開一次。',
});
