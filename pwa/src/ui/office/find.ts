import type { Hit } from '../books/hits.ts';

/** Where a hit leads in the office. */
export type HitPage = { readonly name: 'call' | 'voucher' | 'customer'; readonly params: { readonly id: string } };

/** A customer leads to his file, a product to its voucher, a call to its row. */
export function pageOf({ kind, id, call, asset }: Hit): HitPage | undefined {
  if (kind === 'customer') return { name: 'customer', params: { id } };
  if (asset !== undefined && kind !== 'service_call') return { name: 'voucher', params: { id: asset } };
  return call === undefined ? undefined : { name: 'call', params: { id: call } };
}

/** The intake for a hit: a customer's, or a product's with its owner; a call was logged already. */
export function intakeOf({
  kind,
  id,
}: Hit): { readonly name: 'intakeFor' | 'intakeAbout'; readonly params: { readonly id: string } } | undefined {
  const page = INTAKE[kind];
  return page && { name: page, params: { id } };
}

const INTAKE = { customer: 'intakeFor', asset: 'intakeAbout', service_call: undefined } as const;
