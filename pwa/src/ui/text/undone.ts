import { filled } from './filled.ts';
import { texts } from './language.ts';

/** A visit that could not be completed (1-4, 1-6). */
export const undone = texts('undone', {
  title: '無法完成',
  why: '原因',
  tried: '說明',
  triedHint: '試過什麼、缺什麼零件，下次去的人看得到。',
  next: '接下來',
  wish: '客戶希望的時間',
  wishMissing: '選客戶希望的時間。',
  noteMissing: '選了其他，要寫一句說明。',
  photoMissing: '先拍一張現場照片，主任才知道有到。',
  sign: '請客戶看內容',
  leave: '不簽名結束',
  missing: '先選原因，再選接下來',
  absentMeans: '客戶不在，不用簽名。主任會看到照片和聯絡紀錄，再確認。',
  calls: filled('這件聯絡過 {count} 次'),
  noCalls: '還沒有聯絡紀錄。可以回工單打電話再記。',
  before: '上次沒完成',
  thisTime: '這次沒完成',
  beforeBy: filled('{time} {name}'),
  wished: filled('客戶希望 {time}'),
  summary: filled('無法完成：{line}'),
});

/** Trying to reach a customer ahead of a visit. */
export const contact = texts('contactAttempts', {
  question: '剛才的電話',
  skip: '不記',
  when: '客戶希望的時間',
  note: '說明（可不填）',
  laterMeans: '辦公室會看到客戶希望的時間，由辦公室改約。',
  save: '儲存',
  back: '回上一步',
  saved: '聯絡紀錄已存好。',
  record: '記聯絡',
  recordTitle: '記一次聯絡',
  how: '怎麼聯絡',
  result: '結果',
  resultMissing: '選一個結果。',
  line: filled('{channel}聯絡，{result}'),
  lineTo: filled('{channel}聯絡，{result}，客戶希望 {time}'),
  attempts: '聯絡紀錄',
  wish: '客戶希望的時間',
  wishSaid: filled('客戶 {said} 說要改到 {time}，還沒改約。'),
  change: '改約定時間',
});
