import { texts } from './language.ts';

/** The tabs of the office's settings. */
export const settings = texts('settings', {
  tabs: '設定的項目',
  notYours: '你的職務不能用這一頁。需要的話，請管理員加職務。',
  people: '人員',
  leave: '請假與代理',
  devices: '裝置',
  units: '單位',
  hours: '服務時間',
  presets: '常用語與費用',
  import: '匯入',
  healing: '還原報告',
  audit: '稽核紀錄',
  health: '系統狀態',
});
