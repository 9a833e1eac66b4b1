import { filled } from './filled.ts';
import { texts } from './language.ts';

/** Lengths of working time in words: what is left, what is overdue, and the short form of the board. */
export const spans = texts('span', {
  minutes: filled('{minutes} 分'),
  hours: filled('{hours} 小時'),
  hoursMinutes: filled('{hours} 小時 {minutes} 分'),
  days: filled('{days} 天'),
  daysHours: filled('{days} 天 {hours} 小時'),
  left: filled('剩 {span}'),
  over: filled('逾時 {span}'),
  early: filled('提早 {span}'),
});

type Words = ReturnType<typeof spans.get>;

/** One working day in minutes, 09:00 to 18:00 less lunch; from there on spans are told in working days. */
export const WORKDAY_MIN = 480;

/** `2 小時 15 分`, `36 分`, `1 天 4 小時`: whole minutes of working time in the longest fitting words. */
export function spanWords(words: Words, minutes: number, workdayMin = WORKDAY_MIN): string {
  if (minutes < workdayMin) return shortSpan(words, minutes);
  const days = Math.floor(minutes / workdayMin);
  const hours = Math.floor((minutes % workdayMin) / 60);
  return hours === 0 ? words.days({ days }) : words.daysHours({ days, hours });
}

function shortSpan(words: Words, total: number): string {
  const hours = Math.floor(total / 60);
  const minutes = total % 60;
  if (hours === 0) return words.minutes({ minutes });
  return minutes === 0 ? words.hours({ hours }) : words.hoursMinutes({ hours, minutes });
}

/** `剩 36 分`, or `逾時 40 分` when `minutes` is negative. */
export function leftWords(words: Words, minutes: number, workdayMin = WORKDAY_MIN): string {
  const said = spanWords(words, Math.abs(minutes), workdayMin);
  return minutes < 0 ? words.over({ span: said }) : words.left({ span: said });
}

/** `提早 34 分` of a limit that was met with so many minutes to spare, `逾時 40 分` of one that was not. */
export function metWords(words: Words, minutes: number, workdayMin = WORKDAY_MIN): string {
  if (minutes < 0) return leftWords(words, minutes, workdayMin);
  return words.early({ span: spanWords(words, minutes, workdayMin) });
}

/** The board's narrow form: `剩 2:15`; overdue is always spelled out. */
export function leftOnBoard(words: Words, minutes: number): string {
  if (minutes < 0) return leftWords(words, minutes);
  return words.left({ span: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}` });
}

/** `24:10`, or `1:02:05` from an hour on: a running timer's milliseconds, never below zero. */
export function timerFace(elapsedMs: number): string {
  const total = Math.max(0, Math.floor(elapsedMs / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours === 0 ? `${two(minutes)}:${two(seconds)}` : `${hours}:${two(minutes)}:${two(seconds)}`;
}
