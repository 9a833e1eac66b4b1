import { expect, test } from 'vitest';
import {
  besideChanges,
  changesIn,
  FORMS,
  type FormKind,
  faultsIn,
  formFields,
  missingReason,
  optionsOf,
  readTyped,
  typedOf,
  typedOn,
} from '../../src/ui/office/forms.ts';
import { said } from '../../src/ui/office/said.ts';
import { MERGE_RULES } from '../../src/wire/merge_rules.ts';
import { at, doc } from './made.ts';

const visit = doc('service_visit', 'v', {
  arrived_at: at(10, 45),
  category: 'paid',
  fee_total: 165_000,
  fault: '漏水',
});

test('F020 whoever changes how far a call is says why; whoever changes anything else need not', () => {
  const typed = typedOf(doc('service_call', 'x', { zone: 'urban', symptom: '不冷' }));
  const missing = (over: object) => {
    const after = { ...typed, ...over };
    return missingReason('service_call', changesIn('service_call', typed, after), after);
  };
  expect(missing({ zone: 'suburban' })).toBe('zone_reason');
  expect(missing({ zone: 'suburban', zone_reason: ' ' })).toBe('zone_reason');
  expect(missing({ zone: 'suburban', zone_reason: '住在山上' })).toBeUndefined();
  expect(missing({ symptom: '漏水' })).toBeUndefined();
});

test('F020 a corrected address brings its district and zone by the table, and only another zone than that needs a reason', () => {
  const zoneAt = ({ district }: { district: string }) =>
    (({ 板橋區: 'urban', 三峽區: 'suburban' }) as const)[district as '板橋區' | '三峽區'];
  const before = typedOf(doc('service_call', 'x', { address: '板橋區文化路 1 號', district: '板橋區', zone: 'urban' }));
  const missing = (after: typeof before) =>
    missingReason('service_call', changesIn('service_call', before, after), after, { before, zoneAt });
  const moved = typedOn(before, 'address', '新北市三峽區復興路 1 號', zoneAt);
  expect(moved).toMatchObject({ district: '三峽區', zone: 'suburban' });
  expect(missing(moved)).toBeUndefined();
  expect(missing({ ...moved, zone: 'urban' })).toBe('zone_reason');
  expect(missing({ ...moved, zone: 'urban', zone_reason: '就在交流道旁' })).toBeUndefined();
  expect(typedOn(moved, 'district', '板橋區', zoneAt)).toMatchObject({ zone: 'urban' });
  expect(typedOn(before, 'address', '鶯歌區文化路 1 號', zoneAt)).toMatchObject({ district: '鶯歌區', zone: 'urban' });

  const chosen = { ...before, zone: 'suburban', zone_reason: '住在山上' };
  const mended = typedOn(chosen, 'address', '板橋區文化路 11 號', zoneAt);
  expect(mended).toMatchObject({ zone: 'suburban' });
  const changes = changesIn('service_call', chosen, mended);
  expect(missingReason('service_call', changes, mended, { before: chosen, zoneAt })).toBeUndefined();
});

test('F024 whoever corrects an arrival says why, and what the phone said is kept', () => {
  const typed = typedOf(visit);
  const after = { ...typed, arrived_at: '2026-11-23T10:30' };
  const changes = changesIn('service_visit', typed, after);
  expect(missingReason('service_visit', changes, after)).toBe('arrived_reason');
  const told = { ...after, arrived_reason: '忘了按' };
  expect(missingReason('service_visit', changesIn('service_visit', typed, told), told)).toBeUndefined();
  const earlier = { ...typed, arrived_reason: '忘了按' };
  expect(missingReason('service_visit', changesIn('service_visit', earlier, told), told)).toBe('arrived_reason');
  expect(besideChanges(visit, changes, 'chen')).toEqual({
    arrived_stamped_at: at(10, 45),
    arrived_corrected_by: 'chen',
  });
  const corrected = doc('service_visit', 'v', { ...visit.fields, arrived_stamped_at: at(10, 52) });
  expect(besideChanges(corrected, changes, 'chen')).toEqual({ arrived_corrected_by: 'chen' });
  expect(besideChanges(visit, changesIn('service_visit', typed, { ...typed, fault: '不冷' }), 'chen')).toEqual({});
});

test("F001 a call and a visit are of category A, B or C: general work is nobody's customer's", () => {
  for (const kind of ['service_call', 'service_visit'] as const) {
    const control = formFields(kind).find(({ name }) => name === 'category')?.control ?? 'line';
    expect(optionsOf(control, said.get())?.map(({ id }) => id)).toEqual(['paid', 'contract', 'warranty']);
  }
});

test('F001 F010 what nobody can be served without is changed and never taken out', () => {
  const call = typedOf(doc('service_call', 'x', { category: 'warranty', address: '文化路 1 號', symptom: '不冷' }));
  expect(faultsIn('service_call', call, { ...call, category: '', address: ' ' })).toEqual({
    category: 'required',
    address: 'required',
  });
  expect(faultsIn('service_call', call, { ...call, category: 'paid', symptom: '漏水' })).toEqual({});
  const customer = typedOf(doc('customer', 'c', { name: '陳美惠' }));
  expect(faultsIn('customer', customer, { ...customer, name: '' })).toEqual({ name: 'required' });
  expect(faultsIn('customer', customer, { ...customer, phone: '' })).toEqual({});
});

test('a telephone that nobody could call is not read', () => {
  expect(['不詳', '1847'].map((typed) => readTyped('phone', typed))).toEqual([undefined, undefined]);
  expect(['02-2960-1847', '29601'].map((typed) => readTyped('phone', typed))).toEqual(['02-2960-1847', '29601']);
});

test('a form that is opened and saved changes nothing', () => {
  for (const form of [
    visit,
    doc('customer', 'c', { name: '陳美惠', zone: 'urban' }),
    doc('asset', 'a', { sold_at: at(0), warranty_until: at(23, 59) }),
    doc('service_call', 'x', { appointment_at: at(15), category: 'warranty' }),
  ]) {
    const typed = typedOf(form);
    expect(changesIn(form.kind, typed, { ...typed })).toEqual({ fields: {}, unreadable: [] });
  }
});

test('what is typed back as it was shown is the same value', () => {
  for (const { name, control } of formFields('service_visit')) {
    expect(readTyped(control, typedOf(visit)[name] ?? ''), name).toBe(visit.fields[name as 'fault'] ?? null);
  }
});

test('only what a person changed is written, and what he emptied is cleared', () => {
  const typed = typedOf(visit);
  const after = { ...typed, fee_total: '1,850', fault: ' ', arrived_at: '2026-11-23T10:30' };
  expect(changesIn('service_visit', typed, after).fields).toEqual({
    fee_total: 185_000,
    fault: null,
    arrived_at: at(10, 30),
  });
});

test.each(['一千', '12.5', '-3', '1,65', '9999999999'])(
  '%s dollars cannot be read and are not written',
  (fee_total) => {
    const typed = typedOf(visit);
    expect(changesIn('service_visit', typed, { ...typed, fee_total })).toEqual({
      fields: {},
      unreadable: ['fee_total'],
    });
  },
);

test('full-width digits are digits', () => {
  expect(readTyped('money', '１，６５０')).toBe(165_000);
});

test('a warranty runs to the end of its last day', () => {
  expect(readTyped('last_day', '2026-11-23')).toBe(at(24) - 1);
  expect(readTyped('day', '2026-11-23')).toBe(at(0));
});

test('a contract has a beginning and an end that does not lie before it', () => {
  const faults = (valid_from: string, valid_until: string) =>
    faultsIn('maintenance_contract', {}, { valid_from, valid_until });
  expect(faults('', ' ')).toEqual({ valid_from: 'required', valid_until: 'required' });
  expect(faults('2026-11-23', '2026-11-22')).toEqual({ valid_until: 'reversed' });
  expect(faults('2026-11-23', '2026-11-23')).toEqual({});
  expect(faultsIn('customer', {}, {})).toEqual({});
});

test.each([
  ['4', 4],
  ['０', 0],
  ['-1', undefined],
  ['1.5', undefined],
  ['', null],
])('%j calls are read as %s', (typed, count) => {
  expect(readTyped('count', typed)).toBe(count);
});

test('every form asks only for fields that its kind has', () => {
  for (const [kind, form] of Object.entries(FORMS))
    for (const field of Object.keys(form))
      expect(MERGE_RULES[kind as FormKind], `${kind}.${field}`).toHaveProperty(field);
});

test('a 統一編號 is kept as eight digits however it was typed, and is none with another check digit', () => {
  expect(readTyped('tax_id', '０４５９-５２５７')).toBe('04595257');
  expect(readTyped('tax_id', '04595258')).toBeUndefined();
  expect(readTyped('tax_id', '4595257')).toBeUndefined();
  expect(readTyped('tax_id', ' ')).toBeNull();
  expect(FORMS.customer.tax_id).toBe('tax_id');
});
