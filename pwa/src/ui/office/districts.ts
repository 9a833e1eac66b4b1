import type { Doc } from '../../store/index.ts';
import type { Zone } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { standing, type Told } from './told.ts';

/** A district of a unit's table, or one that might be in it. */
export interface DistrictRow {
  /** The name: a unit has each district once. */
  readonly id: string;
  readonly zone: Zone;
}

/** More than anybody chooses from at a glance; the next ones follow as these are taken. */
const MOST_SUGGESTED = 12;

/** What the server was told of districts, by their names; null takes one out. */
export type ToldZones = Readonly<Record<string, Told<Zone | null>>>;

/** The table of a unit by name, so that no row moves when its zone changes. */
export function districtRows(books: Books, unit: string, told: ToldZones): readonly DistrictRow[] {
  const names = new Set([
    ...books.district.where('unit', unit).map(({ fields }) => fields.name ?? ''),
    ...Object.keys(told),
  ]);
  return [...names]
    .flatMap((id): DistrictRow[] => {
      const doc = districtDoc(books, unit, id);
      const said = standing(told[id], doc);
      const zone = said === undefined ? doc && (doc.fields.zone ?? 'urban') : said;
      return zone ? [{ id, zone }] : [];
    })
    .toSorted((one, other) => one.id.localeCompare(other.id, 'zh-Hant'));
}

/** The row of a unit's table. */
export function districtDoc(books: Books, unit: string, name: string): Doc<'district'> | undefined {
  return books.district.where('name', name).find(({ fields }) => fields.unit === unit);
}

/** A name as the server compares it. */
export function districtName(typed: string): string {
  return typed.normalize('NFC').trim();
}

/** Districts of a unit's customers and calls that its table lacks, the most frequent first, with the zone they mostly have. */
export function suggestedDistricts(books: Books, unit: string, rows: readonly DistrictRow[]): readonly DistrictRow[] {
  const known = new Set(rows.map(({ id }) => id));
  const told = [...books.customer.where('unit', unit), ...books.service_call.where('unit', unit)]
    .map(({ fields }) => ({ name: districtName(fields.district ?? ''), zone: fields.zone }))
    .filter(({ name }) => name !== '' && !known.has(name));
  return [...Map.groupBy(told, ({ name }) => name)]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .slice(0, MOST_SUGGESTED)
    .map(([id, each]) => ({ id, zone: mostly(each.map(({ zone }) => zone)) }));
}

function mostly(zones: readonly (Zone | null | undefined)[]): Zone {
  const far = zones.filter((zone) => zone === 'suburban').length;
  return far * 2 > zones.filter(Boolean).length ? 'suburban' : 'urban';
}
