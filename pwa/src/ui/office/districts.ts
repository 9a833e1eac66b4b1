import { type Place, placeKey, placeKeys, placeNamed } from '../../rules/places.ts';
import type { Doc } from '../../store/index.ts';
import type { Zone } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { standing, type Told } from './told.ts';

/** A district of a unit's table, or one that might be in it. */
export interface DistrictRow {
  /** The name, with the county where that is told: a unit has each once. */
  readonly id: string;
  readonly zone: Zone;
}

/** More than anybody chooses from at a glance; the next ones follow as these are taken. */
const MOST_SUGGESTED = 12;

/** What the server was told of districts, by their names; null takes one out. */
export type ToldZones = Readonly<Record<string, Told<Zone | null>>>;

/** The table of a unit by name, so that no row moves when its zone changes. */
export function districtRows(books: Books, unit: string, told: ToldZones): readonly DistrictRow[] {
  const here = books.district.where('unit', unit).map(({ fields }) => fields.name ?? '');
  const known = new Set(here.map(placeKey));
  const names = new Set([...here, ...Object.keys(told).filter((name) => !known.has(placeKey(name)))]);
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

/** The row of a unit's table that says how far a place is: one that names its county goes before a bare one (F020). */
export function districtAt(books: Books, unit: string, place: Place): Doc<'district'> | undefined {
  const rows = books.district.where('unit', unit);
  return inTable(rows, place, ({ fields }) => fields.name ?? '');
}

function inTable<Row>(rows: readonly Row[], place: Place, nameOf: (row: Row) => string): Row | undefined {
  const found = placeKeys(place).map((key) => rows.find((row) => placeKey(nameOf(row)) === key));
  return found.find((row) => row !== undefined);
}

/** A name as the server keeps it: a row that there is already keeps its own, however that is written. */
export function districtName(typed: string, rows: readonly DistrictRow[] = []): string {
  const name = typed.normalize('NFC').trim();
  const same = rows.filter(({ id }) => placeKey(id) === placeKey(name));
  return same.some(({ id }) => id === name) ? name : (same[0]?.id ?? name);
}

/**
 * Districts of a unit's customers and calls that its table lacks, the most frequent first, with the zone they mostly have.
 *
 * One of which addresses lie in two counties is suggested for each of them.
 */
export function suggestedDistricts(books: Books, unit: string, rows: readonly DistrictRow[]): readonly DistrictRow[] {
  const said = [...books.customer.where('unit', unit), ...books.service_call.where('unit', unit)]
    .map(({ fields }) => ({
      place: placeNamed(districtName(fields.district ?? ''), fields.address ?? ''),
      zone: fields.zone,
    }))
    .filter(({ place }) => place.district !== '');
  const counties = Map.groupBy(said, ({ place }) => placeKey(place.district));
  const named = said
    .filter(({ place }) => !inTable(rows, place, ({ id }) => id))
    .map(({ place, zone }) => ({
      name: isInSeveral(counties.get(placeKey(place.district)) ?? []) ? place.county + place.district : place.district,
      zone,
    }));
  return [...Map.groupBy(named, ({ name }) => placeKey(name)).values()]
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MOST_SUGGESTED)
    .map((each) => ({ id: each[0]?.name ?? '', zone: mostly(each.map(({ zone }) => zone)) }));
}

function isInSeveral(said: readonly { readonly place: Place }[]): boolean {
  return new Set(said.map(({ place }) => placeKey(place.county)).filter(Boolean)).size > 1;
}

function mostly(zones: readonly (Zone | null | undefined)[]): Zone {
  const far = zones.filter((zone) => zone === 'suburban').length;
  return far * 2 > zones.filter(Boolean).length ? 'suburban' : 'urban';
}
