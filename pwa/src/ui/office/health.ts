import type { Client } from '../../net/index.ts';
import type { Health } from '../../wire/bodies.ts';
import type { Advice, Wellness } from '../../wire/vocabulary.ts';
import { size } from '../text/amount.ts';
import { aside, clauses, items } from '../text/between.ts';
import type { health } from '../text/health.ts';
import type { SettingsPage } from './settings.ts';
import { momentWords } from './values.ts';

export async function readHealth(client: Client): Promise<Health> {
  return (await client.ask('GET', '/api/health')) as Health;
}

type Words = ReturnType<typeof health.get>;
type FactName = Exclude<keyof Health, 'at' | 'wellness'>;
type Facts<Name extends FactName> = NonNullable<Health[Name]>;

/** One fact as the page tells it. */
export interface Fact {
  readonly id: FactName;
  readonly wellness: Wellness;
  readonly said: string;
  readonly advice: readonly Advice[];
  /** Where more about it stands, what is to be done first. */
  readonly pages: readonly ToldOn[];
}

/** The pages on which facts are told: those of the settings, and the one on which everybody decides. */
export type ToldOn = SettingsPage | 'inbox';

interface Telling {
  readonly text: Words;
  readonly now: number;
}

const DATABASE = { sqlite: 'SQLite', postgresql: 'PostgreSQL' } as const;
const SECOND_MS = 1000;
const grouped = new Intl.NumberFormat('en-US');
const many = (count: number) => ({ count: grouped.format(count) });

/** What each fact says, in words. */
const SAID: { readonly [Name in FactName]: (facts: Facts<Name>, telling: Telling) => string } = {
  server: ({ version, started_at }, { text, now }) =>
    clauses([
      text.version({ version }),
      started_at === null ? text.notRunning : text.startedAt({ time: momentWords(started_at, now) }),
    ]),
  storage: ({ database, database_bytes, files_bytes, disk_free, disk_total }, { text }) =>
    clauses([
      text.database({ kind: DATABASE[database], size: size(database_bytes) }),
      text.files({ size: size(files_bytes) }),
      text.disk({ free: size(disk_free), share: Math.floor((100 * disk_free) / Math.max(disk_total, 1)) }),
    ]),
  backup: ({ at, bytes, verified, missing }, { text, now }) =>
    at === null
      ? text.never
      : clauses([
          momentWords(at, now),
          size(bytes),
          verified ? text.readBack : text.notReadBack,
          missing > 0 && text.lacks(many(missing)),
        ]),
  devices: ({ active, silent, stopped_waiting, quarantined }, { text }) =>
    clauses([
      text.active(many(active)),
      silent > 0 && text.silent(many(silent)),
      quarantined > 0 && text.handedIn({ devices: grouped.format(stopped_waiting), ...many(quarantined) }),
    ]),
  waiting: ({ held, held_since, rivals, files_missing, files_gone, more_files }, { text, now }) =>
    clauses([
      text.held(many(held)) + aside(held_since !== null && text.heldSince({ time: momentWords(held_since, now) })),
      text.rivals(many(rivals)),
      (more_files ? text.missingMore : text.missing)(many(files_missing)),
      files_gone > 0 && text.gone(many(files_gone)),
    ]),
  restore: ({ at, losses, partings, awaited }, { text, now }) =>
    clauses([
      at === null ? text.notRestored : text.restoredAt({ time: momentWords(at, now) }),
      awaited > 0 && text.awaited(many(awaited)),
      losses > 0 && text.losses(many(losses)),
      partings > 0 && text.partings(many(partings)),
    ]),
  audit: ({ entries, checked, broken }, { text }) =>
    clauses([
      text.entries(many(entries)),
      broken > 0 ? text.broken({ ...many(checked), broken: grouped.format(broken) }) : text.checked(many(checked)),
    ]),
  holidays: ({ units, missing }, { text }) =>
    clauses([
      text.units(many(units)),
      ...missing.map(({ year, units: names }) => text.withoutHolidays({ year, units: items(names) })),
    ]),
  clock: ({ ahead_ms }, { text }) => text.apart({ seconds: (Math.abs(ahead_ms) / SECOND_MS).toFixed(1) }),
};

/** Where more about a fact stands; what waits for people is decided in the inbox, files that lack are in the report. */
const PAGES: { readonly [Name in FactName]?: (facts: Facts<Name>) => readonly ToldOn[] } = {
  devices: () => ['devices'],
  waiting: ({ files_missing }) => (files_missing > 0 ? ['inbox', 'healing'] : ['inbox']),
  restore: () => ['healing'],
  audit: () => ['audit'],
  holidays: () => ['hours'],
};

const WORST_FIRST: readonly Wellness[] = ['bad', 'look', 'well'];

/** The facts as the page tells them, what is bad first; `pages` are those that the reader may open. */
export function factsOf(health: Health, telling: Telling, pages: readonly SettingsPage[]): readonly Fact[] {
  const names = Object.keys(SAID) as FactName[];
  return names
    .flatMap((id) => factOf(id, health, telling, pages))
    .toSorted((one, other) => WORST_FIRST.indexOf(one.wellness) - WORST_FIRST.indexOf(other.wellness));
}

function factOf<Name extends FactName>(
  id: Name,
  health: Health,
  telling: Telling,
  pages: readonly SettingsPage[],
): readonly Fact[] {
  const facts = health[id];
  if (facts === null) return [];
  const { wellness, advice } = facts;
  const told = PAGES[id]?.(facts) ?? [];
  const open = told.filter((page) => page === 'inbox' || pages.includes(page));
  return [{ id, wellness, advice, said: SAID[id](facts, telling), pages: open }];
}

/** How many facts stand as the worst of them does, for the line that is read first. */
export function headline(facts: readonly Fact[], text: Words): { readonly wellness: Wellness; readonly said: string } {
  const [worst] = facts;
  const wellness = worst?.wellness ?? 'well';
  const count = facts.filter((each) => each.wellness === wellness).length;
  if (wellness === 'well') return { wellness, said: text.allWell };
  return { wellness, said: text[wellness]({ count }) };
}
