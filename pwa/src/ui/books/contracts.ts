import { type Cover, isActive, takesIncludedVisit } from '../../rules/category.ts';
import type { Doc } from '../../store/index.ts';
import type { Books } from './books.ts';

type Contract = Doc<'maintenance_contract'>;

/** How a contract stands today. */
export type ContractState = 'coming' | 'active' | 'ending' | 'over';

const DAY_MS = 86_400_000;
/** So long before its end a contract is one that somebody should speak about with the customer. */
const ENDING_MS = 30 * DAY_MS;

export function contractState({ fields }: Contract, now: number): ContractState {
  if ((fields.valid_from ?? 0) > now) return 'coming';
  if (!isActive(fields, now)) return 'over';
  return (fields.valid_until ?? 0) - now <= ENDING_MS ? 'ending' : 'active';
}

/** The contracts that list a product, whether active or not; the one that ends first comes first. */
export function contractsOf(books: Books, asset: Doc<'asset'>): readonly Contract[] {
  const listing = books.covered_asset
    .children('asset', asset)
    .map(({ fields }) => books.maintenance_contract.get(fields.contract));
  return [...new Set(listing)]
    .filter((contract) => contract !== undefined)
    .filter((contract) => contract.fields.unit === asset.fields.unit)
    .toSorted((one, other) => endOf(one) - endOf(other) || (one.id < other.id ? -1 : 1));
}

const endOf = ({ fields }: Contract) => fields.valid_until ?? 0;

/** What the service of a product is covered by (1-1). */
export function coverOf(books: Books, asset: Doc<'asset'> | undefined): Cover {
  const contracts = asset ? contractsOf(books, asset).map(({ fields }) => fields) : [];
  return { asset: asset?.fields ?? {}, contracts };
}

/** The contract under which a call about a product is served that came in then: of several the one that ends first. */
export function contractFor(books: Books, asset: Doc<'asset'> | undefined, at: number): Contract | undefined {
  return asset && contractsOf(books, asset).find(({ fields }) => isActive(fields, at));
}

/** The contract of a product that ended last, and when. */
export function endedContract(
  books: Books,
  asset: Doc<'asset'>,
  now: number,
): { readonly id: string; readonly at: number } | undefined {
  const ended = contractsOf(books, asset).findLast((contract) => endOf(contract) < now);
  return ended && { id: ended.id, at: endOf(ended) };
}

/** The products that a contract lists. */
export function productsOf(books: Books, contract: Contract): readonly Doc<'asset'>[] {
  const listed = books.covered_asset.children('contract', contract).map(({ fields }) => books.asset.get(fields.asset));
  return [...new Set(listed)].filter((asset) => asset !== undefined);
}

/**
 * The calls that were served under a contract, the newest first (1-1(2), F005).
 *
 * A call that needed several visits counts once: the customer called once. What was paid or free is none of them, nor
 * what was withdrawn, was the same call again, or brought somebody only where nobody was at home.
 */
export function servedUnder(books: Books, contract: Contract): readonly Doc<'service_call'>[] {
  const visits = productsOf(books, contract).flatMap((asset) =>
    books.service_visit.children('asset', asset).filter(({ fields }) => takesIncludedVisit(fields)),
  );
  return [...new Set(visits.map(({ fields }) => fields.call))]
    .map((call) => books.service_call.get(call))
    .filter((call) => call !== undefined)
    .filter(({ fields }) => {
      if (fields.withdrawn_at != null || fields.duplicate_of != null) return false;
      const asset = books.asset.get(fields.asset);
      return contractFor(books, asset, fields.received_at ?? 0)?.id === contract.id;
    })
    .toSorted((one, other) => (other.fields.received_at ?? 0) - (one.fields.received_at ?? 0));
}

/** How many calls a contract still serves without a fee; null: any number (F005). */
export function visitsLeft(books: Books, contract: Contract): number | null {
  const { visits_included } = contract.fields;
  return visits_included == null ? null : Math.max(0, visits_included - servedUnder(books, contract).length);
}

/** What somebody who serves a product has to know of its contract. */
export interface ContractGlance {
  readonly id: string;
  readonly until: number;
  /** Calls that are still included; null: any number. */
  readonly left: number | null;
  /** What each one more costs, in minor units; null: nobody has written it down. */
  readonly extraFee: number | null;
}

/** The contract of a product that is active at an instant. */
export function contractGlance(books: Books, asset: Doc<'asset'> | undefined, at: number): ContractGlance | undefined {
  const contract = contractFor(books, asset, at);
  return (
    contract && {
      id: contract.id,
      until: endOf(contract),
      left: visitsLeft(books, contract),
      extraFee: contract.fields.extra_fee ?? null,
    }
  );
}
