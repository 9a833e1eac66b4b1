import { expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { errandOf } from '../../src/ui/phone/views/errand.ts';
import { jobOf } from '../../src/ui/phone/views/job.ts';
import { productOf } from '../../src/ui/phone/views/product.ts';
import { at, books, DAY_MS, doc, signature } from '../office/made.ts';
import { GROUND, job } from './made.ts';
import { opened, shown } from './opened.ts';

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

test('a job that turned out to be the same as another says so, since when, and by whom', () => {
  const same = { duplicate_of: 'call-b', withdrawn_at: at(9), withdrawn_by: 'chou', withdrawn_reason: '打了兩次' };
  expect(view(...job('a', { call: same })).gone).toEqual({
    why: 'duplicate',
    to: '',
    by: '周俊宏',
    at: at(9),
    reason: '打了兩次',
    worked: false,
  });
  expect(view(...job('a', { call: same, visit: { arrived_at: at(9, 30) } })).gone?.worked).toBe(true);
  expect(view(...job('a', { call: { duplicate_of: 'call-b' } })).gone).toMatchObject({ why: 'duplicate', at: null });
});

test.each(['duplicate_of', 'withdrawn_at'] as const)(
  'whoever was called back by %s before he set out sets out neither by the button nor by directions',
  async (ended) => {
    const call = { address: '板橋區文化路 1 段 1 號', [ended]: ended === 'withdrawn_at' ? at(9) : 'call-b' };
    const { captured } = opened([...GROUND, ...job('a', { call })] as FixtureRow[], 'job', 'a');
    await expect.poll(shown).toContain('不用去了。');
    expect(shown()).not.toContain('開始前往');
    const maps = vi.spyOn(window, 'open').mockReturnValue(null);
    document.querySelector<HTMLButtonElement>('button[aria-label="導航"]')?.click();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(maps).toHaveBeenCalledOnce();
    expect(captured).toEqual([]);
  },
);
