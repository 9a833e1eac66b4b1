/** Month and day from which on next year's holidays have to be known. The twin of schemas/rules/holidays.py. */
const NEXT_YEAR_FROM = '11-01';

const YEAR = 'yyyy'.length;

/** The years that are needed today and of which no holiday is known (F021); all of them ISO dates. */
export function missingYears(today: string, holidays: readonly string[]): readonly number[] {
  const known = new Set(holidays.map((day) => day.slice(0, YEAR)));
  const year = Number(today.slice(0, YEAR));
  const needed = today.slice(YEAR + 1) >= NEXT_YEAR_FROM ? [year, year + 1] : [year];
  return needed.filter((each) => !known.has(String(each).padStart(YEAR, '0')));
}
