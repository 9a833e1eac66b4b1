import type { Client } from '../../net/index.ts';
import { Refused, Unreachable } from '../../net/index.ts';
import type { ImportFound, ImportLine, RowError } from '../../wire/bodies.ts';
import { CODE } from '../../wire/problems.ts';
import type { ListKind } from '../../wire/vocabulary.ts';
import { money } from '../text/amount.ts';
import { aside, items } from '../text/between.ts';
import type { importing, rowFaults } from '../text/import.ts';
import { tableDate } from '../text/when.ts';
import { periodWords } from './contracts.ts';
import type { Rows } from './list_files.ts';

/** How far an import is. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

const imports = (unit: string) => `/api/units/${unit}/imports`;

/** What a list holds and what taking it in would do; nothing is written. Throws `Refused` or `Unreachable`. */
export async function check(client: Client, unit: string, kind: ListKind, file: Blob): Promise<ImportFound> {
  return (await client.hand(`${imports(unit)}/check?${new URLSearchParams({ kind })}`, file)) as ImportFound;
}

/** What of a file is taken in: which one, what it is a list of, and whether rows with errors are left out. */
export interface Wish {
  readonly unit: string;
  readonly kind: ListKind;
  readonly file: Blob;
  readonly name: string;
  readonly skip: boolean;
}

/** Takes a list in and tells how far it is; given up by the signal, nothing of it is written. Throws as `check` does. */
export async function take(
  client: Client,
  { unit, kind, file, name, skip }: Wish,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<ImportFound> {
  const query = new URLSearchParams({ kind, name: name.slice(-NAME_MAX), wrong: skip ? 'skip' : 'refuse' });
  let found: ImportFound | undefined;
  for await (const line of client.follow(`${imports(unit)}?${query}`, file, signal)) {
    found = foundIn(line as ImportLine);
    if (!found) tell({ done: (line as ImportLine).done ?? 0, of: (line as ImportLine).of ?? 0 });
  }
  if (!found) throw new Unreachable('the import was cut');
  return found;
}

const NAME_MAX = 200;

/** What came of an import, in its last line; throws where that was a problem. */
function foundIn({ found, problem, facts }: ImportLine): ImportFound | undefined {
  if (problem) throw refused(problem, facts ?? {});
  return found ?? undefined;
}

function refused(problem: string, facts: Readonly<Record<string, unknown>>): Error {
  const code = CODE.find((each) => each === problem);
  return code ? new Refused(code, facts) : new Unreachable(problem);
}

/** What is known of a product or a customer that a row could mean. */
interface Meant {
  readonly name: string;
  readonly about: string;
}

/** What is wrong in a row and what to do, in plain words. */
export function faultWords(words: ReturnType<typeof rowFaults.get>, { fault, facts }: RowError): string {
  const among = (facts.among ?? []) as readonly Meant[];
  const names = items(among.map(({ name, about }) => name + aside(about)));
  const said = words[fault];
  const before = cellWords(facts.field, facts.before);
  const period = periodWords({ from: facts.from as number | undefined, until: facts.until as number | undefined });
  // The facts of a fault are those that its sentence has holes for.
  return typeof said === 'string' ? said : (said as (facts: object) => string)({ ...facts, before, names, period });
}

/** A field's value as a cell of the list shows it: a number is an instant, of which the date stands there, or another. */
export function cellWords(field: unknown, value: unknown, none = ''): string {
  if (value == null || value === '') return none;
  return typeof value === 'number' ? (NUMBERS[String(field)] ?? tableDate)(value) : String(value);
}

const NUMBERS: Readonly<Record<string, (value: number) => string>> = { extra_fee: money, visits_included: String };

/** The errors as a list to take along and to mend. */
export function errorRows(
  text: ReturnType<typeof importing.get>,
  words: ReturnType<typeof rowFaults.get>,
  errors: readonly RowError[],
): Rows {
  const head = [text.row, text.column, text.value, text.what];
  return [head, ...errors.map((each) => [each.row, each.heading, each.value, faultWords(words, each)])];
}

/** What is told of a file beside its rows. */
export function remarks(
  text: ReturnType<typeof importing.get>,
  { encoding, sheet, other_sheets, headings, repeated }: ImportFound,
): readonly string[] {
  const unknown = headings.filter(({ field }) => field === null).map(({ heading }) => heading);
  return [
    ...(encoding === 'big5' || encoding === 'gbk' ? [text[encoding]] : []),
    ...(other_sheets.length > 0 ? [text.sheet({ sheet: sheet ?? '', others: items(other_sheets) })] : []),
    ...(unknown.length > 0 ? [text.unknown({ headings: items(unknown) })] : []),
    ...(repeated > 0 ? [text.repeated({ count: repeated })] : []),
  ];
}

/** How many documents taking the list in would write. */
export function writes({ counts }: ImportFound): number {
  return counts.reduce((sum, each) => sum + each.new + each.changed, 0);
}

/** What came in: of a list's owners, of what is theirs, and what changed of either. */
export function totals({ counts }: ImportFound): Readonly<Record<'fresh' | 'products' | 'changed', number>> {
  const [fresh, products] = counts.map((each) => each.new);
  return { fresh: fresh ?? 0, products: products ?? 0, changed: counts.reduce((sum, each) => sum + each.changed, 0) };
}
