import type { TimeFault } from '../books/time_form.ts';
import { filled } from './filled.ts';
import { texts } from './language.ts';

/** General administrative work (1-1(4), category D), wherever its lines stand. */
export const workingTime = texts('workingTime', {
  title: '行政工作',
  total: filled('共 {span}'),
  begin: '記行政工作',
  end: '結束',
  since: filled('{time} 開始'),
  fromUntil: filled('{from}–{until}'),
  fromNow: filled('{from} 起，進行中'),
  running: '進行中',
  edit: '修改',
  overVisit: filled('和{customer}的工單重疊 {span}'),
  overWork: filled('和「{work}」重疊 {span}'),
  ended: filled('「{work}」結束，{span}。'),
  endedForJob: filled('{said}「{work}」結束，{span}。'),
  endedForNext: filled('開始另一項，「{work}」結束，{span}。'),
  removed: '刪除了一段行政工作。',
  noNote: '還沒寫說明',
});

/** Beginning a line, and writing or correcting one. */
export const timeForm = texts('timeForm', {
  choose: '現在做哪一項？',
  start: '開始',
  later: '補記一段',
  add: '補記行政工作',
  change: '修改行政工作',
  work: '工作',
  from: '開始',
  until: '結束',
  untilHint: '還在做就空著。',
  note: '說明',
  otherNote: '說明（選其他要寫）',
  save: '存檔',
  remove: '刪除這一段',
  cancel: '取消',
  who: '人員',
});

export const timeFaultWords = texts('timeFaults', {
  required: '要填。',
  unreadable: '讀不懂這個時間。',
  future: '這個時間還沒到。',
  reversed: '結束在開始之前。',
  note: '選其他要寫做了什麼。',
} satisfies Record<TimeFault, string>);

/** The office's list of general work, by day or month. */
export const adminTimes = texts('adminTimes', {
  title: '行政工作',
  span: '看一天或一個月',
  day: '一天',
  month: '一個月',
  before: '往前',
  after: '往後',
  unit: '單位',
  person: '人員',
  everybody: '全部人員',
  filter: '篩選工作',
  all: '全部',
  add: '補記',
  sums: '各人合計（分）',
  exportSums: '匯出合計',
  total: '合計',
  time: '時間',
  from: '開始',
  until: '結束',
  work: '工作',
  minutes: '分鐘',
  overlap: '重疊',
  overlapMinutes: '重疊分鐘',
  overlapped: filled('重疊 {count} 分'),
  note: '說明',
  lasted: '時數',
  emptyDay: '這一天沒有行政工作。',
  emptyMonth: '這個月沒有行政工作。',
  emptyFiltered: '沒有符合的行政工作。',
  choose: '選一段看內容。',
  edit: '修改',
  remove: '刪除',
  history: '歷程',
  saved: '已存檔。',
  overlaps: '同一時間的其他工作',
  summary: filled('{count} 段，共 {span}'),
  someOverlap: filled('{count} 段有重疊'),
});
