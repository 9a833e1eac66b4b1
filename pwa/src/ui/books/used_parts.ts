import { type PartUsage, partsOf } from '../../rules/parts.ts';
import type { Books } from './books.ts';

/** A part without its pieces. */
export type Part = Pick<PartUsage, 'name' | 'number'>;

const MOST = 6;
const LOOKED_AT = 400;

/**
 * What was used lately in a unit, each part once: first what products of this name took, the newest visit first.
 *
 * What is at hand on the device is all there is to go by; nobody has to keep a list (F030).
 */
export function recentParts(books: Books, unit: string, product: string): readonly Part[] {
  const visits = books.service_visit
    .where('unit', unit)
    .filter(({ fields }) => fields.parts)
    .toSorted((one, other) => (other.fields.arrived_at ?? 0) - (one.fields.arrived_at ?? 0))
    .slice(0, LOOKED_AT);
  const alike = visits.filter(({ fields }) => books.asset.get(fields.asset)?.fields.product === product);
  const named = new Map<string, Part>();
  for (const { name, number } of [...alike, ...visits].flatMap(({ fields }) => partsOf(fields.parts)))
    if (!named.has(`${name}\t${number}`)) named.set(`${name}\t${number}`, { name, number });
  return [...named.values()].slice(0, MOST);
}
