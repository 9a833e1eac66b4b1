import { expect, test, vi } from 'vitest';
import { putRight } from '../../src/rules/arrival.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Drawing } from '../../src/ui/parts/strokes.ts';
import { Calling } from '../../src/ui/phone/calling.svelte.ts';
import { FinishForm } from '../../src/ui/phone/finish_form.svelte.ts';
import { workOf } from '../../src/ui/phone/views/deeds.ts';
import { isCorrectable } from '../../src/ui/phone/views/errand.ts';
import { jobOf } from '../../src/ui/phone/views/job.ts';
import { COMPLETED, chooseNext, chooseReason, ladderFault, nextsOf, REASONS } from '../../src/ui/phone/views/ladder.ts';
import { WorkForm } from '../../src/ui/phone/work_form.svelte.ts';
import { at, books, DAY_MS, doc, signature } from '../office/made.ts';
import { kitOf } from './kit.ts';
import { errand, GROUND, job } from './made.ts';

vi.mock('../../src/ui/parts/png.ts', () => ({ drawingPng: async () => new Blob(['png']), PEN: 32 }));

const rows = [...GROUND, ...job('a', { visit: { arrived_at: at(9), category: 'paid' } })] as FixtureRow[];
const NOTHING = workOf({});
const drawn = (x: number): Drawing => ({ width: 3620, height: 2100, strokes: [[{ x, y: 0, t: 1 }]] });

test('F030 a reason brings what usually follows it, and how the visit ended', () => {
  expect(chooseReason('no_parts')).toMatchObject({ undone_next: 'send_again', outcome: 'follow_up' });
  expect(chooseReason('needs_workshop')).toMatchObject({ undone_next: 'workshop', outcome: 'follow_up' });
  expect(chooseReason('price_declined')).toMatchObject({ undone_next: 'give_up', outcome: 'not_repaired' });
  expect(chooseReason('other')).toMatchObject({ undone_next: null, outcome: null });
  for (const reason of REASONS) {
    const { undone_next: next } = chooseReason(reason);
    expect(next == null || nextsOf(reason).includes(next)).toBe(true);
  }
});

test('F030 where nobody was met, nothing is taken along and nothing is given up', () => {
  expect(nextsOf('customer_absent')).toEqual(['send_again', 'customers_time']);
});

test("F030 another next step than the customer's time takes his time back", () => {
  expect(chooseNext('send_again')).toMatchObject({ undone_wish_at: null });
  expect(chooseNext('customers_time')).not.toHaveProperty('undone_wish_at');
});

test('F031 the way up ends where something is missing', () => {
  const draft = (change: object) => ({ ...NOTHING, ...change });
  expect(ladderFault(NOTHING, true)).toBe('missing');
  expect(ladderFault(draft(chooseReason('other')), true)).toBe('missing');
  const other = draft({ ...chooseReason('other'), ...chooseNext('send_again') });
  expect(ladderFault(other, true)).toBe('noteMissing');
  expect(ladderFault(draft({ ...other, undone_note: '門鎖著' }), true)).toBeUndefined();
  const later = draft({ ...chooseReason('no_parts'), ...chooseNext('customers_time') });
  expect(ladderFault(later, true)).toBe('wishMissing');
  expect(ladderFault({ ...later, undone_wish_at: at(15) }, false)).toBeUndefined();
  const absent = draft(chooseReason('customer_absent'));
  expect(ladderFault(absent, false)).toBe('photoMissing');
  expect(ladderFault(absent, true)).toBeUndefined();
});

test('F031 a visit to which nobody came out ends as one group, with its reason and the next step', async () => {
  const { kit, captured, errand } = kitOf(rows);
  const form = new WorkForm(kit, 'a');
  await form.open(await errand('a'));
  form.edit({ ...chooseReason('customer_absent'), undone_note: '按鈴沒人' });
  expect(await form.finishAbsent(await errand('a'))).toBe(true);
  expect(captured).toHaveLength(1);
  expect(captured[0]?.[0]?.fields).toEqual({
    undone_reason: 'customer_absent',
    undone_note: '按鈴沒人',
    undone_next: 'send_again',
    outcome: 'follow_up',
    finished_at: at(10),
    unsigned_reason: 'absent',
    unsigned_note: '按鈴沒人',
  });
  expect(await kit.store.drafts.read('work:a')).toBeNull();
});

test('F030 what was completed after all says nothing of why it was not', async () => {
  const { kit, captured, errand } = kitOf(rows);
  const form = new WorkForm(kit, 'a');
  await form.open(await errand('a'));
  form.edit(chooseReason('no_parts'));
  form.edit({ outcome: 'fixed', ...COMPLETED });
  await form.save(await errand('a'));
  expect(captured[0]?.[0]?.fields).toEqual({ outcome: 'fixed' });
});

test('F031 another one takes the pen: what the one before drew is gone, and his name is asked for', async () => {
  const { kit, errand } = kitOf(rows);
  const open = async () => {
    const form = new FinishForm(kit, 'a');
    const there = await errand('a');
    const all = kit.books.get();
    if (all) await form.open(all, there);
    return form;
  };
  const form = await open();
  form.keep({ drawing: drawn(5) });
  form.choose('guard');
  expect([form.drawing.strokes, form.signer]).toEqual([[], '']);
  form.keep({ signer: '周先生', drawing: drawn(7) });
  const again = await open();
  expect([again.role, again.signer, again.drawing, again.changed]).toEqual(['guard', '周先生', drawn(7), false]);
  again.choose('customer');
  expect(again.signer).toBe('陳美惠');
});

test('F030 what came of a call to the customer is kept with one tap, also without a network', async () => {
  const { kit, captured, errand } = kitOf(rows);
  const calling = new Calling(kit, 'a');
  calling.begin();
  expect(calling.asks).toBe(true);
  await calling.answer(await errand('a'), { result: 'asked_later', agreedFor: at(15), note: ' 下午在 ' });
  expect(calling.asks).toBe(false);
  expect(captured[0]?.[0]).toMatchObject({
    kind: 'contact_attempt',
    fields: {
      unit: 'ban',
      call: 'call-a',
      visit: 'a',
      channel: 'phone',
      result: 'asked_later',
      at: at(10),
      agreed_for: at(15),
      note: '下午在',
    },
  });
});

test('F030 a wrong tap is taken back from the one line at the foot, and asks again', async () => {
  const { kit, captured, told, errand } = kitOf(rows);
  const calling = new Calling(kit, 'a');
  await calling.answer(await errand('a'), { result: 'reached' });
  expect(told.map(({ message }) => message)).toEqual(['聯絡紀錄已存好。']);
  told[0]?.undo?.();
  await vi.waitFor(() => expect(calling.asks).toBe(true));
  expect(captured.at(-1)).toEqual([{ kind: 'contact_attempt', id: 'made-1', fields: { deleted: true } }]);
});

test('F030 an app that was ended by the telephone asks when it comes back, and not once it was answered', async () => {
  const { kit } = kitOf(rows);
  new Calling(kit, 'a').begin();
  const back = new Calling(kit, 'a');
  await vi.waitFor(() => expect(back.asks).toBe(true));
  back.skip();
  expect(back.asks).toBe(false);
  expect(await kit.store.drafts.read('called:a')).toBeNull();
});

const signedVisit = (over: object = {}) => {
  const done = { arrived_at: at(8), finished_at: at(9), action: '清潔', fee_total: 100, ...over };
  const made = doc('service_visit', 'a', { unit: 'ban', call: 'call-a', asset: 'fridge', ...done });
  return { done, made };
};

test('F032 what was signed is put right on its day, until the office has closed the call', () => {
  const { done, made } = signedVisit();
  const there = errand('a', ...job('a', { visit: done }), signature(made));
  expect(isCorrectable(there, at(12))).toBe(true);
  expect(isCorrectable(there, at(12) + DAY_MS)).toBe(false);
  const closed = errand('a', ...job('a', { visit: done, call: { closed_at: at(11) } }), signature(made));
  expect(isCorrectable(closed, at(12))).toBe(false);
  expect(isCorrectable(errand('a', ...job('a', { visit: done })), at(12))).toBe(false);
});

test('F032 a correction after signing asks for another signature; both stay, and the later one counts', () => {
  const { done, made } = signedVisit();
  const first = signature(made, { fee_total: 50 }, 2);
  const amended = errand('a', ...job('a', { visit: done }), first);
  expect(amended.signature).toBe('amended');
  const again = errand('a', ...job('a', { visit: done }), first, signature(made, {}, 5));
  expect(again.signature).toBe('equal');
});

test('F030 the second visit tells what happened at the first', () => {
  const before = doc('service_visit', 'first', {
    unit: 'ban',
    call: 'call-a',
    technician: 'chou',
    finished_at: at(9),
    undone_reason: 'no_parts',
    undone_note: '缺馬達',
    undone_next: 'send_again',
  });
  const there = job('a', { visit: { arrived_at: at(11) } });
  const { undone } = jobOf(books(...GROUND, ...there, before), errand('a', ...there, before), at(12));
  expect(undone).toEqual([
    {
      id: 'first',
      at: at(9),
      technician: '周俊宏',
      reason: 'no_parts',
      note: '缺馬達',
      next: 'send_again',
      wishAt: undefined,
    },
  ]);
});

test('F024 a clock that is more than a minute off is put right', () => {
  expect([putRight(at(9), 60_000), putRight(at(9), -61_000), putRight(at(9), null)]).toEqual([
    at(9),
    at(9) - 61_000,
    at(9),
  ]);
});
