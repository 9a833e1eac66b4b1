import type { Me } from '../../store/index.ts';
import { SEES_EVERY_UNIT } from '../../wire/rights.ts';
import type { Role } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { hasRole } from './desk.ts';
import { HEALERS } from './healing.ts';

/** The roles that set service hours, special days and districts (1-14). */
export const HOURS_SETTERS: readonly Role[] = ['service_manager', 'branch_manager', 'service_department', 'admin'];

/** The roles that take in lists of customers and products. */
export const IMPORTERS: readonly Role[] = HOURS_SETTERS;

/** The roles that write absences or appoint an acting manager (ADR 41). */
const LEAVE_KEEPERS: readonly Role[] = ['clerk', ...HOURS_SETTERS];
/** The roles that set the limits of units, phrases and fee items. */
export const SETUP: readonly Role[] = ['service_manager', 'admin'];

/**
 * Who sees which page of the settings, in the order of their tabs.
 *
 * An auditor reads every one that shows how something is set; taking in a list is a deed and shows nothing.
 */
const SEEN_BY = {
  people: ['admin', 'auditor'],
  leave: [...LEAVE_KEEPERS, 'auditor'],
  devices: ['admin', 'service_manager', 'auditor'],
  units: [...SETUP, 'auditor'],
  hours: [...HOURS_SETTERS, 'auditor'],
  presets: [...SETUP, 'auditor'],
  import: IMPORTERS,
  healing: HEALERS,
  audit: ['admin', 'auditor'],
  health: ['admin', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type SettingsPage = keyof typeof SEEN_BY;

export function isSettings(page: string): page is SettingsPage {
  return page in SEEN_BY;
}

/** The pages of the settings that somebody sees. */
export function settingsOf(me: Pick<Me, 'roles'>): readonly SettingsPage[] {
  const pages = Object.keys(SEEN_BY) as SettingsPage[];
  return pages.filter((page) => hasRole(me, ...SEEN_BY[page]));
}

/** The units whose service somebody may look after, his own first. */
export function unitsOf(books: Books, me: Pick<Me, 'unit' | 'roles'>): readonly { id: string; label: string }[] {
  const seen = hasRole(me, ...SEES_EVERY_UNIT) ? books.unit.all : books.unit.all.filter(({ id }) => id === me.unit);
  return seen
    .map(({ id, fields }) => ({ id, label: fields.name ?? id }))
    .toSorted((one, other) => Number(other.id === me.unit) - Number(one.id === me.unit));
}
