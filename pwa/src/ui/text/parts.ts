import { filled } from './filled.ts';
import { texts } from './language.ts';

/** Words that belong to parts used on many screens. */
export const parts = texts('parts', {
  paid: '有費',
  contract: '契約',
  warranty: '免費',
  admin: '行政',
  signed: '簽認',
  passed: '驗訖',
  filed: '歸檔',
  broken: '簽後變更',
  rival: '內容待決',
  saving: '存檔中',
  close: '關閉',
  back: '回上一頁',
  undo: '復原',
  other: '其他',
  increase: '加一',
  decrease: '減一',
  mainMenu: '主選單',
  received: filled('已收 {count} 筆'),
});

export const syncLine = texts('syncLine', {
  unsent: filled('未送出 {count} 筆'),
  here: '，都存在這台裝置',
  sending: filled('傳送中，還有 {count} 筆'),
  delivered: '全部已送達',
  sign_in: '要重新登入才能傳送',
  outdated: '要更新才能傳送',
  revoked: '這台裝置已停用',
  comma: '，',
  attention: filled('{count} 筆需處理'),
  attentionMore: '，內容都留著',
});

export const signature = texts('signature', {
  pad: filled('{name} 簽名處，用手指或筆寫'),
  drawn: filled('{name} 的簽名'),
  caption: filled('簽名：{name}'),
  here: '在線上簽名',
  again: '重簽',
  undo: '退一筆',
});

export const pin = texts('pin', {
  erase: '刪除一位',
  entered: filled('已輸入 {count} 位，共 {length} 位'),
});
