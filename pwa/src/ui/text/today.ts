import { filled } from './filled.ts';
import { texts } from './language.ts';

export const today = texts('today', {
  detail: filled('{day}・{count} 件'),
  priority: '優先派工',
  directionsTo: filled('導航到{address}，同時改為前往中'),
  empty: '今天沒有工作。',
  nothingYet: '工作還沒收到。連上網路就會自動收。',
  cancelled: '已取消派工',
  reassigned: filled('已改派給{name}'),
  seen: '知道了',
});
