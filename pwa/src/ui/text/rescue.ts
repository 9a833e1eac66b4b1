import { filled } from './filled.ts';
import { texts } from './language.ts';

/** Taking in a file that a phone exported because it could not send. */
export const rescue = texts('rescue', {
  open: '收匯出檔',
  title: '收進手機匯出的檔',
  about: '手機送不出去時匯出的檔，只有這裡打得開。收進來就跟手機自己送到一樣，手機之後再送也不會重複。',
  choose: '選檔案',
  reading: '讀檔中',
  whose: filled('{who}，{time} 匯出'),
  holds: filled('{entries} 筆紀錄、{blobs} 個檔案，最早的是 {since}。'),
  holdsFiles: filled('{blobs} 個檔案。'),
  fresh: '都還沒收過。',
  partly: filled('其中 {fresh} 筆操作和 {blobs} 個檔案還沒收過，其他的已經在這裡。'),
  here: '都已經在這裡，不用再收。',
  take: '收進來',
  taking: '收進中',
  taken: '收進來了。',
  takenHeld: filled('收進來了，其中 {held} 筆操作保留待處理。'),
  close: '關閉',
});
