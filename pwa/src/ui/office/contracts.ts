import { idAbout } from '../../core/fixed_ids.ts';
import type { Doc, Edit } from '../../store/index.ts';
import type { Books } from '../books/books.ts';
import { type ContractState, contractState, productsOf, visitsLeft } from '../books/contracts.ts';
import { told } from '../books/erased.ts';
import { find, type Index } from '../books/finding.ts';
import type { contracts as texts } from '../text/contract.ts';
import { plainDate, spanWords, tableDate } from '../text/when.ts';
import type { Rows } from './list_files.ts';

/** A contract as the list shows it. */
export interface ContractRow {
  readonly id: string;
  readonly number: string;
  readonly customer: string;
  readonly from: number | undefined;
  readonly until: number | undefined;
  readonly products: number;
  /** Calls that are still included; null: any number. */
  readonly left: number | null;
  readonly state: ContractState;
  readonly unsent: boolean;
}

/** The words of a list of contracts in a file. */
interface ListWords {
  readonly text: ReturnType<typeof texts.get>;
  readonly states: Readonly<Record<ContractState, string>>;
}

/** The contracts with their headings, as they go into a file. */
export function contractList(rows: readonly ContractRow[], { text, states }: ListWords): Rows {
  return [
    [text.customer, text.number, text.period, text.products, text.left, text.state],
    ...rows.map((row) => [
      row.customer,
      row.number,
      periodCell(row),
      row.products,
      row.left ?? text.any,
      states[row.state],
    ]),
  ];
}

/** The states in the order in which somebody has to do something about them. */
export const CONTRACT_STATES = ['ending', 'active', 'coming', 'over'] as const satisfies readonly ContractState[];

export const CONTRACT_TONES = {
  ending: 'amber',
  active: 'brand',
  coming: 'neutral',
  over: 'neutral',
} as const satisfies Record<ContractState, string>;

/** Every contract: what ends soon first, and what is over last. */
export function contractRows(books: Books, now: number): readonly ContractRow[] {
  return books.maintenance_contract.all
    .map((contract) => rowOf(books, contract, now))
    .toSorted(
      (one, other) =>
        CONTRACT_STATES.indexOf(one.state) - CONTRACT_STATES.indexOf(other.state) ||
        (one.until ?? 0) - (other.until ?? 0) ||
        (one.id < other.id ? -1 : 1),
    );
}

function rowOf(books: Books, contract: Doc<'maintenance_contract'>, now: number): ContractRow {
  const { number, customer, valid_from, valid_until } = contract.fields;
  return {
    id: contract.id,
    number: number ?? '',
    customer: told(books.customer.get(customer), 'name'),
    from: valid_from ?? undefined,
    until: valid_until ?? undefined,
    products: productsOf(books, contract).length,
    left: visitsLeft(books, contract),
    state: contractState(contract, now),
    unsent: contract.unsent > 0,
  };
}

/** `2026/01/01–2026/12/31`. */
export function periodWords({ from, until }: Pick<ContractRow, 'from' | 'until'>): string {
  const [first = '', last = ''] = [from, until].map((at) => (at == null ? '' : tableDate(at)));
  return spanWords(first, last);
}

/** The same in a file, in every language alike. */
const periodCell = ({ from, until }: Pick<ContractRow, 'from' | 'until'>) =>
  [from, until].map((at) => (at == null ? '' : plainDate(at))).join('–');

/** Products of a contract's customer that it does not list. */
export function uncovered(books: Books, contract: Doc<'maintenance_contract'>): readonly Doc<'asset'>[] {
  const { customer, unit } = contract.fields;
  const covered = new Set(productsOf(books, contract).map(({ id }) => id));
  return customer
    ? books.asset.where('customer', customer).filter((one) => one.fields.unit === unit && !covered.has(one.id))
    : [];
}

/** The id under which a product stands in a contract's list: two people who add it write one document. */
export function coveredAssetId(contract: string, asset: string): string {
  return idAbout('covered-asset', contract, asset);
}

/** Puts a product into a contract's list, or takes it out, under every name that was merged into it (ADR 42). */
export function covering(books: Books, contract: string, asset: Doc<'asset'>, isCovered: boolean): readonly Edit[] {
  const id = coveredAssetId(contract, asset.id);
  if (!isCovered) {
    const listed = books.covered_asset.where('contract', contract);
    return listed
      .filter(({ fields }) => books.asset.get(fields.asset)?.id === asset.id)
      .map((each): Edit => ({ kind: 'covered_asset', id: each.id, fields: { deleted: true }, seen: each.seen }));
  }
  const known = books.covered_asset.get(id);
  const fields = { unit: asset.fields.unit ?? null, contract, asset: asset.id, deleted: false };
  return [{ kind: 'covered_asset', id, fields, ...(known && { seen: known.seen }) }];
}

/** A contract that nobody has written down yet, for a customer of a unit. */
export function blankContract(id: string): Doc<'maintenance_contract'> {
  return { kind: 'maintenance_contract', id, fields: {}, rivals: {}, position: 0, unsent: 0, held: 0 } as never;
}

const MOST = 6;

/** More customers than this nobody reads; of other units there may be as many. */
const LOOKED_AT = 10 * MOST;

/** The customers of a unit that a search finds. */
export function customersLike(index: Index, unit: string, typed: string): readonly Doc<'customer'>[] {
  return find(index, typed, LOOKED_AT)
    .customer.docs.filter(({ fields }) => fields.unit === unit)
    .slice(0, MOST);
}
