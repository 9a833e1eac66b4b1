import { filled } from './filled.ts';
import { texts } from './language.ts';

export const today = texts('today', {
  detail: filled('{day}・{count} 件'),
  priority: '優先派工',
  directionsTo: filled('導航到{address}，同時改為前往中'),
  empty: '今天沒有工作。',
  nothingYet: '工作還沒收到。連上網路就會自動收。',
  cancelled: '已取消派工',
  withdrawn: '叫修已撤銷',
  duplicate: '和另一件叫修重複',
  closed: '叫修已結案',
  decidedBy: filled('{name} {time}'),
  because: filled('原因：{reason}'),
  notNeeded: '不用去了。',
  keptThere: '你的紀錄已送達並保留，由辦公室處理。',
  keptHere: '你的紀錄還在這台裝置，會送到辦公室並保留，由辦公室處理。',
  reassigned: filled('已改派給{name}'),
  seen: '知道了',
});
