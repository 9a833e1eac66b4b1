import { expect, test } from 'vitest';
import {
  arrive,
  beginning,
  correctArrival,
  finishUnsigned,
  placeArrival,
  travel,
  work,
  workOf,
} from '../../src/ui/phone/views/deeds.ts';
import { at, doc } from '../office/made.ts';
import { errand, job } from './made.ts';

test('setting out makes the visit under its dispatch, with everything that the office needs to know', () => {
  const { edits, label } = travel(errand('a', ...job('a')), at(10));
  expect(edits).toEqual([
    {
      kind: 'service_visit',
      id: 'a',
      fields: {
        unit: 'ban',
        call: 'call-a',
        asset: 'fridge',
        technician: 'lin',
        en_route_at: at(10),
      },
    },
  ]);
  expect(label).toEqual({ about: 'a', what: 'visit.travel', who: '陳美惠' });
});

test('setting out once more writes only the time, in knowledge of what stood there', () => {
  const known = errand('a', ...job('a', { visit: { technician: 'lin' } }));
  expect(travel(known, at(10)).edits).toEqual([
    { kind: 'service_visit', id: 'a', seen: known.visit?.seen, fields: { en_route_at: at(10) } },
  ]);
});

test('the time of arrival stands beside how far the clock was off', () => {
  const travelling = errand('a', ...job('a', { visit: { en_route_at: at(9) } }));
  expect(arrive(travelling, at(10), -1234.6).edits[0]?.fields).toEqual({
    arrived_at: at(10),
    arrived_clock_offset_ms: -1235,
    category: 'paid',
  });
});

test('F007 whoever arrives serves what the call is served as by now, with why; what the customer broke is paid for', () => {
  const called = { category: 'paid', category_reason: '客戶摔落' } as const;
  const opened = errand('a', ...job('a', { call: called, visit: { en_route_at: at(9) } }));
  expect(arrive(opened, at(10), 0).edits[0]?.fields).toMatchObject(called);
  const before = doc('service_visit', 'z', { unit: 'ban', call: 'call-a', ...called });
  const again = errand('a', ...job('a', { call: { category: 'warranty' }, visit: { en_route_at: at(9) } }), before);
  expect(arrive(again, at(10), 0).edits[0]?.fields).toMatchObject(called);
  const own = errand('a', ...job('a', { call: called, visit: { category: 'warranty' } }));
  expect(arrive(own, at(10), 0).edits[0]?.fields).not.toHaveProperty('category');
  const there = errand('a', ...job('a', { visit: { category: 'warranty', arrived_at: at(9) } }));
  const standing = workOf(there.visit?.fields ?? {});
  const seen = { base: [7, 'epoch'], over: {} } as const;
  expect(work(there, seen, standing, { ...standing, ...called })?.edits[0]?.fields).toEqual(called);
});

test('F001 a visit that has no category begins its form with what its call is served as by now', () => {
  const nothing = workOf({ arrived_at: at(9) });
  expect(beginning(nothing, { category: 'warranty' }).category).toBe('warranty');
  expect(beginning(workOf({ category: 'paid' }), { category: 'warranty' }).category).toBe('paid');
  expect(beginning(nothing, { category: null })).toBe(nothing);
});

test('only what was changed is written, as of the moment when the form opened', () => {
  const opened = errand('a', ...job('a', { visit: { fault: '不冷' } }));
  const before = workOf(opened.visit?.fields ?? {});
  const seen = { base: [7, 'epoch'], over: {} } as const;
  const captured = work(opened, seen, before, { ...before, action: '清潔', outcome: 'fixed' });
  expect(captured?.edits).toEqual([
    { kind: 'service_visit', id: 'a', seen, fields: { action: '清潔', outcome: 'fixed' } },
  ]);
  expect(work(opened, seen, before, { ...before })).toBeNull();
});

test('a visit is finished without a signature only with a reason', () => {
  const there = errand('a', ...job('a', { visit: { arrived_at: at(9) } }));
  expect(finishUnsigned(there, at(10), 'absent', '按鈴沒人').edits[0]?.fields).toEqual({
    finished_at: at(10),
    unsigned_reason: 'absent',
    unsigned_note: '按鈴沒人',
  });
});

test('F024 a correction keeps what the phone said, once, and says why and who', () => {
  const there = errand('a', ...job('a', { visit: { arrived_at: at(10, 52) } }));
  expect(correctArrival(there, at(10, 5), '忘了按', 'lin').edits[0]).toEqual({
    kind: 'service_visit',
    id: 'a',
    seen: there.visit?.seen,
    fields: {
      arrived_at: at(10, 5),
      arrived_reason: '忘了按',
      arrived_stamped_at: at(10, 52),
      arrived_corrected_by: 'lin',
    },
  });
  const again = errand('a', ...job('a', { visit: { arrived_at: at(10, 5), arrived_stamped_at: at(10, 52) } }));
  expect(correctArrival(again, at(10, 8), '按錯', 'lin').edits[0]?.fields).toEqual({
    arrived_at: at(10, 8),
    arrived_reason: '按錯',
    arrived_corrected_by: 'lin',
  });
});

test('F024 the place of an arrival is written for itself', () => {
  const there = errand('a', ...job('a', { visit: { arrived_at: at(10) } }));
  const { edits, label } = placeArrival(there, { latitude: 25_033_964, longitude: 121_564_472, accuracy: 12 });
  expect(edits[0]?.fields).toEqual({
    arrived_latitude: 25_033_964,
    arrived_longitude: 121_564_472,
    arrived_accuracy: 12,
  });
  expect(label.what).toBe('visit.place');
});
