import { filled } from './filled.ts';
import { texts } from './language.ts';

/** When somebody arrived, and the correction of it, on the phone and in the office. */
export const arrived = texts('arrived', {
  term: '到達',
  arrivedAt: filled('到達 {told}'),
  byPhone: filled('{time}，手機時鐘 {phone}'),
  told: filled('{time}（{why}）'),
  was: filled('原為 {time}'),
  comma: '，',
  correctedBy: filled('{name}更正'),
  addedBy: filled('{name}補登'),
  place: '到達位置',
  placeAt: filled('{latitude}, {longitude}（誤差 {accuracy} 公尺）'),
  correct: '更正到達時間',
  time: '實際到達的時間',
  timeHint: filled('手機記的是 {time}，會一起留著。'),
  unreadable: '要填日期和時間。',
  future: filled('現在才 {time}，到達時間不能在這之後。'),
  early: filled('{time} 才叫修，到達時間不能在這之前。'),
  same: '和原來的時間一樣。要改才存。',
  reason: '原因',
  forgot: '忘了按',
  wrong: '按錯',
  other: '其他',
  note: '說明',
  reasonMissing: '選一個原因；選「其他」要寫說明。',
  save: '存檔',
  cancel: '取消',
});
