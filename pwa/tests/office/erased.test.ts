import { expect, test } from 'vitest';
import { Refused } from '../../src/net/index.ts';
import { ALIKE } from '../../src/ui/books/alike.ts';
import { differencesOf } from '../../src/ui/books/differences.ts';
import { entryOf } from '../../src/ui/books/entries.ts';
import { callerName, isErased, told } from '../../src/ui/books/erased.ts';
import { find, indexer } from '../../src/ui/books/finding.ts';
import { charactersOf } from '../../src/ui/books/folding.ts';
import { hitGroups } from '../../src/ui/books/hits.ts';
import { erasedPhotos, photosOf } from '../../src/ui/books/photos.ts';
import { readCopy } from '../../src/ui/copy/reading.ts';
import { registerRows } from '../../src/ui/office/register.ts';
import { subjectOf } from '../../src/ui/office/subject.ts';
import { speak } from '../../src/ui/text/language.ts';
import { at, books, doc, write } from './made.ts';

const GONE = '已依客戶要求刪除';
const erased_at = at(10);
const customer = doc('customer', 'c', { unit: 'ban', district: '板橋區', erased_at });
const call = doc('service_call', 'k', { customer: 'c', number: 'BAN-2026-000001', received_at: at(9), erased_at });
const visit = doc('service_visit', 'v', {
  call: 'k',
  asset: 'a',
  arrived_at: at(9),
  fee_total: 5,
  outcome: 'fixed',
  erased_at,
});
const signature = doc('signature', 's', { visit: 'v', signed_at: at(9, 30), content_sha256: 'ab', erased_at });
const photo = doc('photo', 'p', { visit: 'v', taken_at: at(9), erased_at });
const all = books(customer, call, visit, signature, photo);

test('where a value of a person was, the screen says that it was erased', () => {
  expect(told(customer, 'name')).toBe(GONE);
  expect(told(customer, 'name', 'short')).toBe('已刪除');
  expect(told(call, 'symptom')).toBe(GONE);
  expect(told(call, 'number')).toBe('BAN-2026-000001');
  expect(told(doc('customer', 'other', {}), 'name')).toBe('');
  expect(subjectOf(all, 'service_visit', 'v').customer).toBe(GONE);
  expect(registerRows(all, at(11)).map((row) => row.customer)).toEqual([GONE]);
});

test('it is said in the language that is spoken', async () => {
  await speak('en');
  expect(told(customer, 'name', 'short')).toBe('Erased');
  await speak('zh-Hant');
});

test('a customer who came back is called by his new name, and his old call says that it was erased', () => {
  const back = doc('customer', 'c', { name: '陳美惠', erased_at });
  expect(isErased(back)).toBe(false);
  expect([callerName(back, call), told(back, 'phone')]).toEqual(['陳美惠', '']);
  expect(callerName(undefined, call)).toBe(GONE);
});

test('an erased customer is not found by words, but his calls are by their number', async () => {
  const index = await indexer(charactersOf(ALIKE))(all);
  for (const typed of ['已依', '刪除', '陳美惠', '2960']) {
    const found = find(index, typed, 9);
    expect([found.customer.count, found.service_call.count]).toEqual([0, 0]);
  }
  const [group] = hitGroups(index, find(index, 'BAN-2026-000001', 9));
  expect(group?.hits[0]?.details.map((pieces) => pieces.map(({ text }) => text).join(''))).toContain(GONE);
});

test('an entry of which what was signed was erased is neither broken nor compared', () => {
  const entry = entryOf(all, visit);
  expect([entry.state, differencesOf(entry)]).toEqual(['equal', []]);
  const amended = doc('service_visit', 'w', { amended_at: at(9, 45), erased_at });
  const signed = doc('signature', 't', { visit: 'w', signed_at: at(9, 30), erased_at });
  expect(entryOf(books(amended, signed), amended).state).toBe('amended');
  const rival = doc('service_visit', 'x', { erased_at }, { rivals: { outcome: [write('fixed', 'a', 'field', 1)] } });
  expect(entryOf(books(rival), rival).state).toBe('unsigned');
});

test('photos that were erased are counted and not shown', () => {
  expect([photosOf(all, visit), erasedPhotos(all, visit)]).toEqual([[], 1]);
});

test('a link to a copy that was erased is told apart from one that is broken', async () => {
  const gone = () => Promise.reject(new Refused('copy.erased', {}));
  await expect(readCopy(gone, '#company-one.copy.secret')).rejects.toMatchObject({ code: 'copy.erased' });
});
