import { ADMIN_WORK, type AdminWork } from '../../wire/vocabulary.ts';
import type { adminTimes } from '../text/working_time.ts';
import { momentCell, type Rows } from './list_files.ts';
import { sumOf, sumsOf, type TimeRow } from './working_time.ts';

/** The words and names that the file is written with. */
interface Words {
  readonly text: ReturnType<typeof adminTimes.get>;
  readonly works: Readonly<Record<AdminWork, string>>;
  readonly unit: string;
}

/** The lines as the page shows them. */
export function timeList(rows: readonly TimeRow[], { text, works, unit }: Words): Rows {
  return [
    [text.unit, text.person, text.work, text.from, text.until, text.minutes, text.overlapMinutes, text.note],
    ...rows.map((row) => [
      unit,
      row.name,
      works[row.work],
      momentCell(row.from),
      momentCell(row.until),
      row.minutes,
      row.overlapped,
      row.note,
    ]),
  ];
}

/** The sums by person and kind of work, in minutes, as the page shows them. */
export function sumList(rows: readonly TimeRow[], { text, works, unit }: Words): Rows {
  const minutesOf = ({ minutes, total }: ReturnType<typeof sumOf>) => [
    ...ADMIN_WORK.map((work) => minutes[work]),
    total,
  ];
  return [
    [text.unit, text.person, ...ADMIN_WORK.map((work) => works[work]), text.total],
    ...sumsOf(rows).map((sum) => [unit, sum.name, ...minutesOf(sum)]),
    [unit, text.total, ...minutesOf(sumOf(rows))],
  ];
}
