// @vitest-environment node
import { expect, test } from 'vitest';
import type { Doc } from '../../src/store/index.ts';
import { booksOf } from '../../src/ui/books/books.ts';
import { contractsOf, coverOf, productsOf } from '../../src/ui/books/contracts.ts';
import { entryOf, voucherNumberOf } from '../../src/ui/books/entries.ts';
import { find, indexer } from '../../src/ui/books/finding.ts';
import { hitGroups } from '../../src/ui/books/hits.ts';
import { covering } from '../../src/ui/office/contracts.ts';
import { customersByName, customersByPhone, openCallsOf } from '../../src/ui/office/intake.ts';
import { cardOf, voucherRows } from '../../src/ui/office/vouchers.ts';
import { productOf } from '../../src/ui/phone/views/product.ts';
import { books, doc, signature } from '../office/made.ts';

const NOW = Date.UTC(2026, 10, 23);
const unit = 'ban';
const visit = (id: string, asset: string) =>
  doc('service_visit', id, { unit, asset, call: 'call', action: id, arrived_at: NOW, finished_at: NOW });

/** 陳 stands twice, each time with his refrigerator; the second ones were merged into the first. */
const merged = (head: string | null = 'chen', product: string | null = 'fridge') => [
  doc('customer', 'chen', { unit, name: '陳美惠', phone: '02-2960-1234' }),
  doc('customer', 'chen-2', { unit, name: '陳美蕙', phone: '02-8888-0000', merged_into: head }),
  doc('asset', 'fridge', { unit, customer: 'chen', product: '冰箱', serial_no: 'S-1', warranty_until: NOW }),
  doc('asset', 'fridge-2', { unit, customer: 'chen-2', product: '電冰箱', serial_no: 'S-2', merged_into: product }),
  doc('service_voucher', 'fridge', { unit, number: 'V-1', opened_at: 1 }),
  doc('service_voucher', 'fridge-2', { unit, number: 'V-2', opened_at: 1, ...(product && { retired_at: 2 }) }),
  visit('first', 'fridge'),
  visit('second', 'fridge-2'),
  doc('service_call', 'call', {
    unit,
    number: 'C-9',
    customer: 'chen-2',
    asset: 'fridge-2',
    contact_phone: '0911-222-333',
  }),
  doc('maintenance_contract', 'contract', { unit, customer: 'chen-2', valid_from: 0, valid_until: NOW + 1 }),
  doc('covered_asset', 'covered', { unit, contract: 'contract', asset: 'fridge-2' }),
  doc('covered_asset', 'covered-too', { unit, contract: 'contract', asset: 'fridge' }),
];

test('F013 what was merged is no customer and no product of its own, and its id leads to the one that stays', () => {
  const { customer, asset } = books(...merged());
  expect([customer.all, asset.all].map((all) => all.map(({ id }) => id))).toEqual([['chen'], ['fridge']]);
  expect([customer.get('chen-2')?.id, asset.get('fridge-2')?.id]).toEqual(['chen', 'fridge']);
  expect([customer.exactly('chen-2')?.id, customer.mergedInto('chen').map(({ id }) => id)]).toEqual([
    'chen-2',
    ['chen-2'],
  ]);
});

test('F013 what names either of two that were merged is found under both', () => {
  const all = books(...merged());
  for (const id of ['chen', 'chen-2']) {
    expect(all.asset.where('customer', id).map((each) => each.id)).toEqual(['fridge']);
    expect(all.service_call.where('customer', id).map((each) => each.id)).toEqual(['call']);
    expect(all.maintenance_contract.where('customer', id).map((each) => each.id)).toEqual(['contract']);
  }
  expect(all.service_call.get('call')?.fields.asset).toBe('fridge-2');
});

test('F013 a caller is known by the telephones and the names of what was merged', () => {
  const all = books(...merged());
  const ids = (found: readonly Doc[]) => found.map(({ id }) => id);
  for (const phone of ['02-2960-1234', '02-8888-0000', '0911-222-333'])
    expect(ids(customersByPhone(all, phone))).toEqual(['chen']);
  expect([ids(customersByName(all, '陳美惠')), ids(customersByName(all, '陳美蕙'))]).toEqual([['chen'], ['chen']]);
  expect(ids(openCallsOf(all, 'fridge'))).toEqual(['call']);
});

test('F013 a search finds the one that stays by everything that was said of the other', async () => {
  const index = await indexer(new Map())(books(...merged()));
  const hits = (typed: string) =>
    hitGroups(index, find(index, typed, 8)).flatMap((group) => group.hits.map(({ kind, id }) => `${kind} ${id}`));
  const everything = ['customer chen', 'asset fridge', 'service_call call'];
  expect(hits('陳美蕙')).toEqual(everything);
  expect(hits('88880000')).toEqual(everything);
  expect([hits('V-2'), hits('S-2'), hits('電冰箱')]).toEqual([['asset fridge'], ['asset fridge'], ['asset fridge']]);
  expect(hits('V-1')).toEqual(['asset fridge']);
});

test('F014 the product has the entries of both vouchers, each with the number of its own', () => {
  const all = books(...merged());
  const card = cardOf(all, 'fridge-2');
  expect([card?.asset.id, card?.voucher?.fields.number, card?.openCalls.length]).toEqual(['fridge', 'V-1', 1]);
  expect(card?.entries.map((entry) => [entry.id, voucherNumberOf(all, entry.visit)])).toEqual([
    ['first', 'V-1'],
    ['second', 'V-2'],
  ]);
  expect(voucherRows(all).map(({ id, visits, also }) => [id, visits, also])).toEqual([['fridge', 2, ['V-2', 'S-2']]]);
  expect(productOf(all, 'fridge-2', NOW)?.history.map(({ action }) => action)).toEqual(['first', 'second']);
  expect(productOf(all, 'fridge-2', NOW)?.others).toEqual([]);
});

test('F002 a contract that lists both lists the product once, and covers it', () => {
  const all = books(...merged());
  const contract = all.maintenance_contract.get('contract') as Doc<'maintenance_contract'>;
  const fridge = all.asset.get('fridge') as Doc<'asset'>;
  expect(productsOf(all, contract).map(({ id }) => id)).toEqual(['fridge']);
  expect(contractsOf(all, fridge).map(({ id }) => id)).toEqual(['contract']);
  expect(coverOf(all, all.asset.get('fridge-2')).asset.warranty_until).toBe(NOW);
  expect(covering(all, 'contract', fridge, false).map(({ id }) => id)).toEqual(['covered', 'covered-too']);
});

test('F032 a merge and a changed address or telephone alter nothing that was signed', () => {
  const signed = visit('first', 'fridge-2');
  const before = books(...merged(null, null), signature(signed));
  const moved = doc('customer', 'chen', {
    unit,
    name: '陳',
    phone: '02-0000-0000',
    address: '新址',
    merged_into: null,
  });
  const after = books(...merged().filter(({ id }) => id !== 'chen'), signature(signed), moved);
  for (const all of [before, after]) {
    const entry = entryOf(all, all.service_visit.all.find(({ id }) => id === 'second') as Doc<'service_visit'>);
    expect(entry.visit.fields.asset).toBe('fridge-2');
    const mine = entryOf(all, { ...signed });
    expect([mine.state, mine.signed?.visit.asset]).toEqual(['equal', 'fridge-2']);
  }
});

/** Everything that the office reads of these books. */
function everything(documents: readonly Doc[]) {
  const all = books(...documents);
  return JSON.stringify([
    all.customer.all.map(({ id, fields }) => [
      id,
      fields,
      all.service_call.where('customer', id).map((each) => each.id),
    ]),
    all.asset.all.map(({ id }) => [cardOf(all, id), productOf(all, id, NOW), openCallsOf(all, id).length]),
    voucherRows(all),
    all.maintenance_contract.all.map((each) => productsOf(all, each).map(({ id }) => id)),
  ]);
}

test('F013 merged and taken apart, everything reads as before, whatever was read meanwhile', () => {
  const apart = merged(null, null);
  const before = everything(apart);
  expect(everything(merged())).not.toBe(before);
  expect(everything(apart)).toBe(before);
});

test('a list that did not change has its shelf anew once somebody merges', () => {
  const lists = Object.fromEntries(Map.groupBy(merged(null, null), ({ kind }) => kind));
  const before = booksOf(lists);
  expect(booksOf({ ...lists }).service_call).toBe(before.service_call);
  const customer = merged().filter(({ kind }) => kind === 'customer') as Doc<'customer'>[];
  const after = booksOf({ ...lists, customer });
  expect(before.service_call.where('customer', 'chen').length).toBe(0);
  expect(after.service_call.where('customer', 'chen').length).toBe(1);
});
