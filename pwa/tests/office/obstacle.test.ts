import { expect, test } from 'vitest';
import { caseOf } from '../../src/ui/office/cases.ts';
import { obstacleTo } from '../../src/ui/office/obstacle.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { books, doc, signature, write } from './made.ts';

const done: Kinds['service_visit'] = { call: 'x', asset: 'a', finished_at: 1, outcome: 'fixed', category: 'paid' };
const asset = doc('asset', 'a', {});
const obstacle = (...documents: Parameters<typeof books>) => closing({}, ...documents);

/** What stands against closing a call that says this. */
function closing(fields: Kinds['service_call'], ...documents: Parameters<typeof books>) {
  const all = books(asset, ...documents);
  return obstacleTo(all, caseOf(all, doc('service_call', 'x', { asset: 'a', ...fields })));
}

test('F023 whoever came after the limit has to say why before the call can be closed', () => {
  const visit = doc('service_visit', 'v', { ...done, arrived_at: 11 });
  const documents = [visit, signature(visit)];
  expect(closing({ due_at: 10 }, ...documents)).toEqual({ what: 'late', href: undefined });
  expect(closing({ due_at: 11 }, ...documents)).toBeUndefined();
  expect(closing({ due_at: 10, breach_reason: 'traffic' }, ...documents)).toBeUndefined();
});

test('F002 a visit by contract without a contract leads to the inbox', () => {
  const visit = doc('service_visit', 'v', { ...done, category: 'contract' });
  expect(closing({ received_at: 5 }, visit, signature(visit))).toEqual({ what: 'category', href: '#/inbox' });
});

test('what stands against closing leads to where it is mended', () => {
  expect(obstacle()).toEqual({ what: 'unfinished', href: undefined });
  expect(obstacle(doc('service_visit', 'v', done))).toEqual({ what: 'unsigned', href: '#/voucher/a/visit/v' });
  const visit = doc('service_visit', 'v', done);
  expect(obstacle(visit, signature(visit, { outcome: 'no_fault' }))).toEqual({
    what: 'amended',
    href: '#/voucher/a/visit/v',
  });
  const rivals = { fault: [write('異音', 'lin', 'field', 1), write('漏水', 'wu', 'office', 2)] };
  const rival = doc('service_visit', 'v', done, { rivals });
  expect(obstacle(rival, signature(rival))).toEqual({ what: 'rival', href: '#/inbox' });
  expect(obstacle(visit, signature(visit))).toBeUndefined();
});
