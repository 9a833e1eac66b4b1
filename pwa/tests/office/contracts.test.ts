import { expect, test } from 'vitest';
import {
  contractFor,
  contractGlance,
  contractState,
  endedContract,
  servedUnder,
  visitsLeft,
} from '../../src/ui/books/contracts.ts';
import { openIndex } from '../../src/ui/books/finder.ts';
import {
  contractList,
  contractRows,
  coveredAssetId,
  covering,
  customersLike,
  periodWords,
  uncovered,
} from '../../src/ui/office/contracts.ts';
import { contractStates, contracts } from '../../src/ui/text/contract.ts';
import { speak } from '../../src/ui/text/language.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const contract = (id: string, from: number, until: number, over: Kinds['maintenance_contract'] = {}) =>
  doc('maintenance_contract', id, { unit: 'ban', customer: 'chen', valid_from: from, valid_until: until, ...over });
const covered = (id: string, asset: string) =>
  doc('covered_asset', coveredAssetId(id, asset), { unit: 'ban', contract: id, asset });
const asset = (id: string) => doc('asset', id, { unit: 'ban', customer: 'chen', model_no: id });
const call = (id: string, on: string, received_at: number) =>
  doc('service_call', id, { unit: 'ban', asset: on, received_at });
const visit = (id: string, of: string, on: string, over: Kinds['service_visit'] = {}) =>
  doc('service_visit', id, { unit: 'ban', call: of, asset: on, category: 'contract', finished_at: at(12), ...over });

const year = contract('m', at(0) - 100 * DAY_MS, at(0) + 265 * DAY_MS, { visits_included: 2, extra_fee: 90_000 });
const fridge = asset('fridge');

test('F005 a call that needed two visits takes one of those that are included', () => {
  const all = books(
    year,
    fridge,
    covered('m', 'fridge'),
    call('x', 'fridge', at(9)),
    visit('v1', 'x', 'fridge', { outcome: 'follow_up' }),
    visit('v2', 'x', 'fridge'),
  );
  expect(servedUnder(all, year).map(({ id }) => id)).toEqual(['x']);
  expect(visitsLeft(all, year)).toBe(1);
});

test('F005 what was paid, free, unfinished, before the contract or at another product takes none', () => {
  const all = books(
    year,
    fridge,
    asset('washer'),
    covered('m', 'fridge'),
    ...['a', 'b', 'c'].map((id) => call(id, 'fridge', at(9))),
    call('old', 'fridge', at(0) - 101 * DAY_MS),
    call('other', 'washer', at(9)),
    visit('v1', 'a', 'fridge', { category: 'paid' }),
    visit('v2', 'b', 'fridge', { category: 'warranty' }),
    visit('v3', 'c', 'fridge', { finished_at: null }),
    visit('v4', 'old', 'fridge'),
    visit('v5', 'other', 'washer'),
  );
  expect(servedUnder(all, year)).toEqual([]);
  expect(visitsLeft(all, year)).toBe(2);
});

test('F005 a visit where nobody was at home takes none; the call takes one once somebody comes back and works', () => {
  const nobody = visit('v1', 'x', 'fridge', { undone_reason: 'customer_absent', outcome: 'follow_up' });
  const documents = [year, fridge, covered('m', 'fridge'), call('x', 'fridge', at(9)), nobody];
  const all = books(...documents);
  expect([servedUnder(all, year), visitsLeft(all, year)]).toEqual([[], 2]);
  expect(visitsLeft(books(...documents, visit('v2', 'x', 'fridge')), year)).toBe(1);
});

test('F005 more calls than are included leave none, and what one more costs is told', () => {
  const calls = ['a', 'b', 'c'].map((id) => call(id, 'fridge', at(9)));
  const visits = calls.map(({ id }) => visit(`visit-${id}`, id, 'fridge'));
  const all = books(year, fridge, covered('m', 'fridge'), ...calls, ...visits);
  expect(contractGlance(all, fridge, at(12))).toMatchObject({ id: 'm', left: 0, extraFee: 90_000 });
});

test('F005 a contract for any number of calls never runs out', () => {
  const any = contract('any', at(0), at(20));
  const all = books(any, fridge, covered('any', 'fridge'), call('x', 'fridge', at(9)), visit('v', 'x', 'fridge'));
  expect(visitsLeft(all, any)).toBeNull();
});

test('of two contracts on one day the one that ends first serves, and only it is used up', () => {
  const later = contract('later', at(0), at(0) + 400 * DAY_MS, { visits_included: 5 });
  const documents = [year, later, fridge, covered('m', 'fridge'), covered('later', 'fridge')];
  const all = books(...documents, call('x', 'fridge', at(9)), visit('v', 'x', 'fridge'));
  expect(contractFor(all, fridge, at(9))?.id).toBe('m');
  expect([visitsLeft(all, year), visitsLeft(all, later)]).toEqual([1, 5]);
});

test('a contract that is over is told with its last day, the latest of several', () => {
  const documents = [contract('old', 1, at(8)), contract('older', 1, at(7)), fridge];
  const all = books(...documents, covered('old', 'fridge'), covered('older', 'fridge'));
  expect(endedContract(all, fridge, at(9))).toEqual({ id: 'old', at: at(8) });
  expect(endedContract(all, fridge, at(7))).toBeUndefined();
});

test('a contract of another unit covers nothing here', () => {
  const foreign = contract('m', at(0), at(20), { unit: 'tyn' });
  expect(contractFor(books(foreign, fridge, covered('m', 'fridge')), fridge, at(9))).toBeUndefined();
});

test('what ends within thirty days stands first in the list, what is over last', () => {
  const now = at(12);
  const rows = contractRows(
    books(
      contract('over', now - 9 * DAY_MS, now - 1),
      contract('coming', now + 1, now + DAY_MS),
      contract('active', now, now + 31 * DAY_MS),
      contract('ending', now - DAY_MS, now + 30 * DAY_MS),
      doc('customer', 'chen', { unit: 'ban', name: '陳美惠' }),
    ),
    now,
  );
  expect(rows.map(({ id, state }) => [id, state])).toEqual([
    ['ending', 'ending'],
    ['active', 'active'],
    ['coming', 'coming'],
    ['over', 'over'],
  ]);
  expect(rows[0]?.customer).toBe('陳美惠');
  expect(contractState(contract('last', now - DAY_MS, now), now)).toBe('ending');
  expect(periodWords({ from: at(0), until: undefined })).toBe('2026/11/23–');
});

test('a product that was taken out is put in again under the same id', () => {
  const all = books(year, fridge, asset('washer'), covered('m', 'fridge'));
  expect(uncovered(all, year).map(({ id }) => id)).toEqual(['washer']);
  const id = coveredAssetId('m', 'fridge');
  expect(covering(all, 'm', fridge, false)).toMatchObject([
    { id, fields: { deleted: true }, seen: { base: [1, 'epoch'] } },
  ]);
  expect(covering(books(year, fridge), 'm', fridge, true)).toEqual([
    { kind: 'covered_asset', id, fields: { unit: 'ban', contract: 'm', asset: 'fridge', deleted: false } },
  ]);
});

test('the customer of a contract is found by a part of his name or number', async () => {
  const chen = doc('customer', 'chen', { unit: 'ban', name: '陳美惠', phone: '02-2960-1847' });
  const all = books(chen, doc('customer', 'other', { unit: 'tyn', name: '陳大文' }));
  const index = await openIndex(all);
  expect(customersLike(index, 'ban', '陳')).toEqual([chen]);
  expect(customersLike(index, 'ban', '29601847')).toEqual([chen]);
  expect(customersLike(index, 'ban', ' ')).toEqual([]);
});

test('the list of contracts goes into a file as the page shows it', () => {
  const rows = contractRows(books(year, fridge, covered('m', 'fridge')), at(9));
  const [heads, first] = contractList(rows, { text: contracts.get(), states: contractStates.get() });
  expect(first).toHaveLength(heads?.length ?? 0);
  expect(first?.slice(3)).toEqual([1, 2, '有效']);
});

test('in English a period reads as English writes it, and a file keeps what sorts', async () => {
  await speak('en');
  const rows = contractRows(books(contract('m', at(0), at(0) + DAY_MS)), at(9));
  const [, first] = contractList(rows, { text: contracts.get(), states: contractStates.get() });
  expect(rows.map(periodWords)).toEqual(['Nov\u00a023, 2026 – Nov\u00a024, 2026']);
  expect(first).toContain('2026/11/23–2026/11/24');
  await speak('zh-Hant');
});
