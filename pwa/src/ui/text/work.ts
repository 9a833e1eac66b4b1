import { filled } from './filled.ts';
import { texts } from './language.ts';

export const work = texts('work', {
  title: '施作',
  who: filled('{customer}・{model}'),
  arrivedAt: filled('{time} 到達'),
  early: filled('準時，提早 {span}'),
  onTime: '準時',
  lateBy: filled('逾時 {span}'),
  fault: '故障',
  action: '處理',
  outcome: '結果',
  other: '其他',
  faultText: '故障說明',
  actionText: '處理說明',
  fixed: '修好',
  no_fault: '無異常',
  follow_up: '要再來',
  fee: '費用（元）',
  feeHint: '有費服務才收',
  next: '請客戶看內容',
  missing: '先選結果，再寫處理',
  saved: filled('{time} 已存在這支手機'),
});
