import type { Books } from '../../books/books.ts';
import type { Hit } from '../../books/hits.ts';

/** Where a hit leads on the phone. */
export type Way = { readonly to: 'job' | 'product'; readonly id: string };

/** A call leads to this technician's job, everything else to the product; undefined where there is neither. */
export function wayOf(books: Books, me: string, hit: Hit): Way | undefined {
  const job = hit.kind === 'service_call' || hit.asset === undefined ? jobOf(books, me, hit.call) : undefined;
  if (job !== undefined) return { to: 'job', id: job };
  return hit.asset === undefined ? undefined : { to: 'product', id: hit.asset };
}

function jobOf(books: Books, me: string, call: string | undefined): string | undefined {
  if (call === undefined) return undefined;
  return books.dispatch
    .where('call', call)
    .filter(({ fields }) => fields.technician === me && fields.cancelled_at == null)
    .toSorted((one, other) => (other.fields.dispatched_at ?? 0) - (one.fields.dispatched_at ?? 0))[0]?.id;
}
