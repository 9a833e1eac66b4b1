import { expect, test } from 'vitest';
import { errandOf } from '../../src/ui/phone/views/errand.ts';
import { jobOf } from '../../src/ui/phone/views/job.ts';
import { productOf } from '../../src/ui/phone/views/product.ts';
import { at, books, DAY_MS, doc, signature } from '../office/made.ts';
import { GROUND, job } from './made.ts';

const visit = (id: string, days: number) =>
  doc('service_visit', id, {
    unit: 'ban',
    asset: 'fridge',
    technician: 'chou',
    action: id,
    finished_at: at(9) - days * DAY_MS,
  });

function view(...documents: Parameters<typeof books>) {
  const all = books(...GROUND, ...documents);
  const errand = errandOf(all, 'a');
  if (!errand) throw new Error('no errand');
  return jobOf(all, errand, at(12));
}

test('the voucher tells the last five visits, newest first, without this one', () => {
  const visits = [1, 6, 2, 5, 3, 4].map((days) => visit(`past-${days}`, days));
  const unfinished = doc('service_visit', 'elsewhere', { asset: 'fridge', en_route_at: at(9) });
  const { history } = view(...job('a', { visit: { finished_at: at(9) } }), ...visits, unfinished);
  expect(history.map(({ id }) => id)).toEqual(['past-1', 'past-2', 'past-3', 'past-4', 'past-5']);
  expect(history[0]).toMatchObject({ technician: '周俊宏', action: 'past-1', signature: 'unsigned' });
});

test('an entry that was changed after signing says so, here and in the history', () => {
  const signed = {
    action: '換風扇',
    arrived_at: at(8),
    category: 'paid',
    fault: '不冷',
    fee_total: 0,
    outcome: 'fixed',
  } as const;
  const done = { ...signed, finished_at: at(9), action: '換風扇馬達' };
  const made = doc('service_visit', 'a', { call: 'call-a', asset: 'fridge', unit: 'ban', ...done });
  const documents = [...job('a', { visit: made.fields }), signature(made, signed)];
  expect(view(...documents).signature).toBe('amended');
  expect(view(...documents).changes).toEqual([
    { field: 'action', signed: '換風扇', now: '換風扇馬達', others: [], differs: true },
  ]);
  expect(productOf(books(...GROUND, ...documents), 'fridge', at(12))?.history[0]?.signature).toBe('amended');
});

test('a visit that was given to another product after signing says which, as far as the phone may know', () => {
  const washer = doc('asset', 'washer', { customer: 'chen', product: '洗衣機', model_no: 'KW-150DX' });
  const done = { unit: 'ban', call: 'call-a', asset: 'washer', finished_at: at(9) };
  const signed = signature(doc('service_visit', 'a', done), { asset: 'elsewhere' });
  const documents = [...job('a', { visit: done }), signed, washer];
  expect(view(...documents).changes).toEqual([
    { field: 'asset', signed: undefined, now: '洗衣機 KW-150DX', others: [], differs: true },
  ]);
});

test('the number that was given when the call came in is called first', () => {
  expect(view(...job('a', { call: { contact_phone: '02-2950-0111' } })).phone).toBe('02-2950-0111');
  expect(view(...job('a')).phone).toBe('0912-345-678');
});

test('a job that was taken back says so, also when it was done all the same; one that was closed then does not', () => {
  expect(view(...job('a', { call: { withdrawn_at: at(9) } })).gone?.why).toBe('withdrawn');
  const done = { arrived_at: at(9), finished_at: at(10) };
  const unknowing = job('a', { dispatch: { cancelled_at: at(9) }, call: { closed_at: at(11) }, visit: done });
  expect(view(...unknowing).gone).toMatchObject({ why: 'cancelled', worked: true });
  const finished = job('a', { call: { closed_at: at(9) }, visit: { finished_at: at(9) } });
  expect(view(...finished).gone).toBeUndefined();
});

test('a product page tells the whole history and what else its owner has', () => {
  const visits = [1, 2, 3, 4, 5, 6].map((days) => visit(`past-${days}`, days));
  const washer = doc('asset', 'washer', { customer: 'chen', product: '洗衣機', model_no: 'KW-150DX' });
  const product = productOf(books(...GROUND, washer, ...visits), 'fridge', at(12));
  expect(product?.history).toHaveLength(6);
  expect(product?.others).toEqual([{ id: 'washer', product: '洗衣機 KW-150DX', serial: '' }]);
  expect(productOf(books(...GROUND), 'nothing', at(12))).toBeUndefined();
});
