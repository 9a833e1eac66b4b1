import { expect, test } from 'vitest';
import { decisionFor, forbidden } from '../../src/ui/office/deciding.ts';
import type { Held } from '../../src/ui/office/held.ts';
import { partWords } from '../../src/ui/office/held_part.ts';
import { inboxItems, type RivalsItem } from '../../src/ui/office/inbox.ts';
import { detailOf, inboxSaid } from '../../src/ui/office/inbox_words.ts';
import { meanwhileOf } from '../../src/ui/office/meanwhile.ts';
import { said } from '../../src/ui/office/said.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at, books, doc, signature, WHOLE, write } from './made.ts';

const arrived = [write(at(10, 45), 'hsieh', 'field', at(10, 46)), write(at(10, 30), 'lin', 'office', at(10, 34))];
const call = doc('service_call', 'x', { ...WHOLE, customer: 'c', number: 'BAN-2026-004098', district: '淡水區' });
const customer = doc('customer', 'c', { name: '王素卿' });
const visit = (rivals = {}, fields = {}) =>
  doc('service_visit', 'v', { call: 'x', asset: 'a', arrived_at: at(10, 45), ...fields }, { rivals });

function onlyRivals(...documents: Parameters<typeof books>): RivalsItem {
  const [item, ...others] = inboxItems(books(...documents), []);
  expect(others).toEqual([]);
  if (item?.type !== 'rivals') throw new Error('no rivals');
  return item;
}

test('two values of a field stand side by side, the shown one first, with everybody who wrote them', () => {
  const item = onlyRivals(call, customer, visit({ arrived_at: arrived }));
  expect(item).toMatchObject({
    field: 'arrived_at',
    since: at(10, 46),
    subject: { customer: '王素卿', number: 'BAN-2026-004098', district: '淡水區', call: 'x', visit: 'v' },
  });
  expect(item.choices.map(({ value, shown, signature: effect }) => [value, shown, effect])).toEqual([
    [at(10, 45), true, undefined],
    [at(10, 30), false, undefined],
  ]);
});

test('people who wrote the same value are told together, the newest first', () => {
  const third = write(at(10, 30), 'wang', 'office', at(11));
  const { choices } = onlyRivals(call, visit({ arrived_at: [...arrived, third] }));
  expect(choices).toHaveLength(2);
  expect(choices[1]?.writes.map(([, , author]) => author)).toEqual(['wang', 'lin']);
});

test('a field that asks nobody is no item', () => {
  const rivals = { en_route_at: arrived };
  expect(inboxItems(books(call, visit(rivals)), [])).toEqual([]);
});

test('the signed value keeps the signature, the other one breaks it', () => {
  const { choices } = onlyRivals(call, visit({ arrived_at: arrived }), signature(visit()));
  expect(choices.map(({ signature: effect }) => effect)).toEqual(['kept', 'broken']);
});

test('what has changed after signing, and what was never signed, are findings that wait the longest first', () => {
  const amended = visit({}, { finished_at: at(12), fault: '漏水', amended_at: at(13) });
  const unsigned = doc('service_visit', 'w', { call: 'x', finished_at: at(11), outcome: 'fixed' });
  const items = inboxItems(books(call, amended, unsigned, signature(amended, { fault: '異音' })), []);
  expect(items.map((item) => item.type === 'finding' && [item.doc.id, item.finding])).toEqual([
    ['w', 'finished_unsigned'],
    ['v', 'changed_after_signing'],
  ]);
});

test('work on a dispatch that was cancelled meanwhile waits until its call is closed, with who cancelled it and why', () => {
  const cancelled = { cancelled_at: at(10), cancelled_by: 'wang', cancelled_reason: '客戶改期' };
  const done = visit({}, { unit: 'ban', technician: 'lin', finished_at: at(12), outcome: 'fixed' });
  const ground = [
    doc('user', 'wang', { name: '王美玲' }),
    doc('user', 'lin', { name: '林志豪' }),
    doc('user', 'chou', { name: '周俊宏' }),
    doc('dispatch', 'v', { unit: 'ban', call: 'x', technician: 'lin', ...cancelled }),
    doc('dispatch', 'again', { unit: 'ban', call: 'x', technician: 'chou' }),
    done,
    signature(done),
  ];
  const of = (fields: Kinds['service_call']) =>
    books(doc('service_call', 'x', { ...WHOLE, unit: 'ban', ...fields }), ...ground);
  const [item, ...others] = inboxItems(of({}), []);
  expect(others).toEqual([]);
  if (item?.type !== 'finding' || !item.entry) throw new Error('no finding');
  expect(item.finding).toBe('work_after_calling_back');
  expect(meanwhileOf(of({}), item.entry)).toEqual({
    why: 'cancelled',
    technician: '林志豪',
    work: 'signed',
    by: '王美玲',
    to: '周俊宏',
    at: at(10),
    reason: '客戶改期',
  });
  expect(inboxItems(of({ closed_at: at(13) }), [])).toEqual([]);
});

test('F001 F010 what a push left out of a call waits until somebody fills it in, or the call is over', () => {
  const bare = { logged_at: at(9), contact_name: '王素卿' };
  const items = inboxItems(books(doc('service_call', 'x', { ...WHOLE, ...bare, category: null, address: ' ' })), []);
  expect(items.map((item) => item.type === 'finding' && [item.doc.id, item.finding, item.since])).toEqual([
    ['x', 'incomplete', at(9)],
    ['x', 'no_category', at(9)],
  ]);
  expect(inboxItems(books(doc('service_call', 'x', { ...bare, closed_at: at(10) })), [])).toEqual([]);
});

test('F002 F004 a category that the product may not have waits at its call until a visit has one', () => {
  const covered = doc('asset', 'a', { warranty_until: at(12) });
  const paid = doc('service_call', 'x', { ...WHOLE, received_at: at(9) });
  const [item, ...others] = inboxItems(books(paid, covered), []);
  expect([item?.type === 'finding' && item.finding, others]).toEqual(['called_paid_unexplained', []]);
  const visited = doc('service_visit', 'v', { call: 'x', asset: 'a', category: 'warranty' });
  expect(inboxItems(books(paid, covered, visited), [])).toEqual([]);
});

test('F002 a contract that ends before it begins waits, however nobody knows since when', () => {
  const contract = doc('maintenance_contract', 'm', { valid_from: at(9), valid_until: at(8) });
  const [item] = inboxItems(books(contract), []);
  if (item?.type !== 'finding') throw new Error('no finding');
  expect([item.finding, item.doc.id]).toEqual(['reversed_period', 'm']);
  const now = { said: said.get(), books: books(contract), now: at(10) };
  expect(detailOf(item, inboxSaid.get(), now)).toBe('');
});

test('a document that was deleted while somebody wrote in it is asked about', () => {
  const item = onlyRivals(doc('customer', 'c', { name: '王素卿', deleted: true }));
  expect([item.field, item.choices.map(({ value, shown }) => [value, shown])]).toEqual([
    'deleted',
    [
      [true, true],
      [false, false],
    ],
  ]);
});

/** A held entry of a visit that was never applied. */
const held: Held = {
  actor: 'actor',
  seq: 7,
  author: 'lin',
  author_name: '林志豪',
  place: 'field',
  kind: 'service_visit',
  doc: 'v',
  at: at(9),
  received_at: at(9),
  problem: 'operation.right',
  fields: { fault: '異音' },
  raw: null,
  applicable: [],
  device: 'phone',
  group: 1,
};

test('what is held stands last and says what it is about', () => {
  const items = inboxItems(books(call, customer, visit({ arrived_at: arrived })), [held]);
  expect(items.map(({ type, subject }) => [type, subject.customer])).toEqual([
    ['rivals', '王素卿'],
    ['held', '王素卿'],
  ]);
});

test('a held visit of which nothing was applied yet is about the call that it was sent out for', () => {
  const [item] = inboxItems(books(call, customer, doc('dispatch', 'v', { call: 'x' })), [held]);
  expect(item?.subject).toMatchObject({ customer: '王素卿', number: 'BAN-2026-004098', call: 'x' });
});

test('a decision resolves every rival that was seen', () => {
  const item = onlyRivals(call, visit({ arrived_at: arrived }));
  expect(decisionFor(item, at(10, 30))).toEqual({
    by: 'capture',
    edits: [{ kind: 'service_visit', id: 'v', seen: item.doc.seen, fields: { arrived_at: at(10, 30) }, resolve: true }],
  });
});

test('a decision against what was signed is an amendment with a reason; keeping it is not', () => {
  const item = onlyRivals(call, visit({ arrived_at: arrived }), signature(visit()));
  expect(decisionFor(item, at(10, 30))).toEqual({ by: 'amend', visit: 'v', fields: { arrived_at: at(10, 30) } });
  expect(decisionFor(item, at(10, 45)).by).toBe('capture');
});

test('a clerk may keep what was signed, only the service manager may go against it', () => {
  const item = onlyRivals(call, visit({ arrived_at: arrived }), signature(visit()));
  expect(forbidden({ roles: ['clerk'] }, item, at(10, 45))).toBeNull();
  expect(forbidden({ roles: ['clerk'] }, item, at(10, 30))).toBe('manager_only');
  expect(forbidden({ roles: ['service_manager'] }, item, at(10, 30))).toBeNull();
  expect(forbidden({ roles: ['accountant'] }, item, at(10, 45))).toBe('not_yours');
});

test('a held photo is about the visit that it was taken on, before any document names it', () => {
  const photo: Held = { ...held, kind: 'photo', doc: 'p', fields: { visit: 'v', taken_at: at(9, 41) } };
  const [item] = inboxItems(books(call, customer, visit({ arrived_at: arrived })), [photo]);
  expect(item?.subject).toMatchObject({ customer: '王素卿', visit: 'v', call: 'x' });
});

test('held parts of one visit are told apart by what they say', () => {
  const writer = { said: said.get(), books: books(), now: at(12) };
  const words = (kind: Held['kind'], fields: Held['fields']) => partWords({ kind, fields }, writer);
  const placed = { unit: 'u', visit: 'v', image_sha256: 'f'.repeat(64) };
  expect(words('service_visit', { unit: 'u', en_route_at: 1 })).toBe('出發時間');
  expect(words('service_visit', { fault: 'a', action: 'b', outcome: 'fixed', fee_total: 1 })).toMatch(
    /^故障、處理、.+…$/,
  );
  expect(words('photo', { ...placed, caption: '銘牌', taken_at: at(9, 41) })).toMatch(/^銘牌　\d/);
  expect(words('photo', placed)).toBe('');
  expect(words(null, null)).toBe('');
});
