import type { Client } from '../../net/index.ts';
import type { HealReport, Loss, MissingFile, Parting } from '../../wire/bodies.ts';
import type { Role } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import type { healing } from '../text/healing.ts';
import { personName } from './names.ts';
import { type Kept, keepNothing, keepReading } from './reading.ts';

/** The roles that the server tells what was lost and came back. */
export const HEALERS: readonly Role[] = ['service_manager', 'service_department', 'vice_gm', 'admin', 'auditor'];

const EVERY_MS = 60_000;

/** Keeps the report in step while somebody looks: what a device says reaches nobody by itself. */
export function keepHealing(client: Client, mayRead: boolean): Kept<HealReport> {
  const ask = async () => [(await client.ask('GET', '/api/healing')) as HealReport];
  return mayRead ? keepReading(client, ask, EVERY_MS) : keepNothing();
}

/** How much of it waits for a person. */
export function openNotices(report: HealReport | undefined): number {
  const open = ({ settled }: Loss | Parting) => settled === null;
  return report ? report.losses.filter(open).length + report.partings.filter(open).length : 0;
}

type Words = ReturnType<typeof healing.get>;

/** Device of what the office wrote itself: devices kept it for the office and brought it back (SPEC H7). */
export const OFFICE_ITSELF = 'server';

/** 陳志明的Pixel, also of a person or a device that is not among the rows any more. */
export function whoseWords(words: Words, books: Books, whose: { readonly device: string; readonly user: string }) {
  if (whose.device === OFFICE_ITSELF) return words.officeItself;
  const device = books.device.get(whose.device)?.fields.name ?? words.gone;
  return deviceWords(words, device, personName(books, whose.user) || words.somebody);
}

/** Whose device it is, said once: its name often says it already (林志豪的手機). */
export function deviceWords(words: Words, device: string, name: string): string {
  return device.includes(name) ? device : words.whose({ name, device });
}

/** The photos and signatures of a call that the office does not have. */
export async function readMissingOf(client: Client, call: string): Promise<readonly MissingFile[]> {
  return ((await client.ask('GET', `/api/calls/${call}/missing-files`)) ?? []) as readonly MissingFile[];
}

/** Whether a file may yet come: nobody has one whose device is stopped and done, or says that it lost it. */
export function mayCome({ state }: Pick<MissingFile, 'state'>): boolean {
  return state === 'awaited' || state === 'silent' || state === 'revoked';
}
