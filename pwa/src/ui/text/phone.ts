import { filled } from './filled.ts';
import { texts } from './language.ts';

/** Words that several of the phone's screens share. */
export const phone = texts('phone', {
  today: '今日',
  find: '搜尋',
  outbox: '傳送',
  outboxCount: filled('，未送出 {count} 筆'),
  urban: '市區',
  suburban: '郊區',
  district: filled('{district}（{zone}）'),
  planned: filled('預定 {time}'),
  appointment: filled('約 {time}'),
  received: filled('叫修 {time}'),
  due: filled('{time} 到期'),
  en_route: '前往中',
  on_site: '施作中',
  finished: '已完成',
  travel: '開始前往',
  arrive: '到達',
  work: '繼續施作',
  done: '已完成',
  departed: '已出發。',
  arrived: '已到達。',
  swipeTravel: '右滑 前往',
  swipeArrive: '右滑 到達',
  directions: '導航',
  unsent: filled('未送出 {count}'),
});
