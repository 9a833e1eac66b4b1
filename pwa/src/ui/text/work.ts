import { filled } from './filled.ts';
import { texts } from './language.ts';

export const work = texts('work', {
  title: '施作',
  who: filled('{customer}・{model}'),
  arrivedAt: filled('{time} 到達'),
  fault: '故障',
  action: '處理',
  outcome: '結果',
  faultText: '故障說明',
  actionText: '處理說明',
  fixed: '修好',
  no_fault: '無異常',
  undone: '無法完成',
  changeUndone: '改原因',
  correcting: '客戶簽過了。改了內容，要請客戶重簽。',
  again: '請客戶重簽',
  fee: '費用（元）',
  feeUnreadable: '打整數金額，例如 1650。',
  feeItems: '費用項目',
  feeItem: filled('{name} {amount}'),
  next: '請客戶看內容',
  missing: '先寫處理，再選結果',
  kept: filled('{time} 存在這台裝置'),
});

/** What is most often wrong, as chips. */
export const faultPresets = texts('faultPresets', {
  notCold: '不冷',
  noise: '異音',
  leak: '漏水',
  frost: '結霜',
  noPower: '不通電',
});

/** What is most often done, as chips. */
export const actionPresets = texts('actionPresets', {
  replace: '更換零件',
  clean: '清潔',
  adjust: '調整',
  drain: '疏通排水',
  inspect: '檢查',
});
