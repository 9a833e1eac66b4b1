import type { Books } from '../../books/books.ts';
import type { Hit } from '../../books/hits.ts';

/** Where a hit leads on the phone. */
export type Way = { readonly to: 'job' | 'product' | 'customer'; readonly id: string };

/** A call leads to this technician's job, everything else to the product; where there is neither, to the customer. */
export function wayOf(books: Books, me: string, hit: Hit): Way | undefined {
  const job = hit.kind === 'service_call' ? ownJob(books, me, hit.call) : undefined;
  if (job !== undefined) return { to: 'job', id: job };
  if (hit.asset !== undefined) return { to: 'product', id: hit.asset };
  const whose = hit.kind === 'customer' ? hit.id : books.service_call.get(hit.call)?.fields.customer;
  const customer = books.customer.get(whose)?.id;
  return customer === undefined ? undefined : { to: 'customer', id: customer };
}

/** The job that somebody has of a call, the newest of several. */
export function ownJob(books: Books, me: string, call: string | undefined): string | undefined {
  if (call === undefined) return undefined;
  return books.dispatch
    .where('call', call)
    .filter(({ fields }) => fields.technician === me && fields.cancelled_at == null)
    .toSorted((one, other) => (other.fields.dispatched_at ?? 0) - (one.fields.dispatched_at ?? 0))[0]?.id;
}
