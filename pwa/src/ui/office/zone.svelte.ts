import type { Doc } from '../../store/index.ts';
import type { Books } from '../books/books.ts';
import { visit } from '../text/zone.svelte.ts';
import type { OfficeRoute } from './routes.ts';

/** For as long as a page lives, its dates and times are those of the unit that it shows. */
export function livesWith(unit: () => Doc<'unit'> | undefined): void {
  const zone = $derived(unit()?.fields.time_zone);
  $effect.pre(() => (zone ? visit(zone) : undefined));
}

/** Of which kind the document is that an address shows. */
const SHOWN = {
  voucher: 'service_voucher',
  entry: 'service_voucher',
  customer: 'customer',
  contract: 'maintenance_contract',
} as const;

/** The unit of the document that an address shows; undefined for a page of no single document. */
export function unitShown(books: Books, { name, params }: OfficeRoute): string | undefined {
  if (!(name in SHOWN) || !('id' in params)) return undefined;
  return books[SHOWN[name as keyof typeof SHOWN]].get(params.id)?.fields.unit ?? undefined;
}
