import type { Hit } from '../books/hits.ts';

/** Where a hit leads in the office. */
export type HitPage = { readonly name: 'call' | 'voucher'; readonly params: { readonly id: string } };

/** A call leads to its row, everything else to the product's voucher; undefined where there is neither. */
export function pageOf({ kind, call, asset }: Hit): HitPage | undefined {
  if (asset !== undefined && kind !== 'service_call') return { name: 'voucher', params: { id: asset } };
  return call === undefined ? undefined : { name: 'call', params: { id: call } };
}
