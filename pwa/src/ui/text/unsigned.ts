import { filled } from './filled.ts';
import { texts } from './language.ts';

/** A visit that ended without a signature, and the manager's word for it (1-4). */
export const unsigned = texts('unsigned', {
  reason: filled('{reason}：{note}。'),
  reasonOnly: filled('{reason}。'),
  tried: filled('聯絡過 {count} 次。'),
  waits: filled('主任要在 {time} 以前確認，確認之前不能結案。'),
  late: filled('主任應該在 {time} 以前確認，已經過了。確認之前不能結案。'),
  changed: filled('{name} {time} 確認過，之後內容改過。主任要再確認一次，確認之前不能結案。'),
  confirmed: filled('{name} {time} 已確認。{note}'),
  confirm: '確認沒簽',
  confirmTitle: '客戶沒簽，確認完成？',
  confirmTitleAgain: '客戶沒簽，確認這次服務？',
  consequence: '確認後可以結案。誰確認、什麼時候，會留在歷程。',
  consequenceAgain: '確認以後，這件還要再派。誰確認、什麼時候，會留在歷程。',
  consequenceOpen: '誰確認、什麼時候，會留在歷程。',
  noPhoto: '這次服務沒有現場照片。寫下怎麼確認的，例如什麼時候和客戶通過電話。',
  how: '怎麼確認的',
  done: '已確認，可以結案。',
  doneAgain: '已確認。這件還要再派。',
  doneOpen: '已確認。',
});
