// @vitest-environment node

import { expect, test } from 'vitest';
import { canonicalText } from '../../src/core/canonical.ts';
import { link } from '../../src/core/chain.ts';
import { idAbout } from '../../src/core/fixed_ids.ts';
import { isFieldsOf } from '../../src/core/guard.ts';
import { arrivalInstant, calendarOf, callDueAt, intervalsOf, isCarriedOver } from '../../src/rules/arrival.ts';
import { isBillingOpen } from '../../src/rules/billing.ts';
import { callState } from '../../src/rules/call_state.ts';
import { bookedCategory, type Cover, proposedCategory, takesIncludedVisit } from '../../src/rules/category.ts';
import { type ClosingEntry, closingObstacle } from '../../src/rules/closing.ts';
import { callFindings, contractFindings, visitFindings } from '../../src/rules/findings.ts';
import { missingYears } from '../../src/rules/holidays.ts';
import { filledIn, headOf, type MergedKind } from '../../src/rules/merging.ts';
import { partLines, partsOf } from '../../src/rules/parts.ts';
import { placeKey } from '../../src/rules/places.ts';
import { readImport, readRepair } from '../../src/rules/purposes.ts';
import { isSensibleReceipt } from '../../src/rules/receipt.ts';
import { astray } from '../../src/rules/reconciliation.ts';
import {
  dueAt,
  endOfNextDay,
  type Interval,
  isOpen,
  type ServiceCalendar,
  workedMs,
} from '../../src/rules/service_hours.ts';
import {
  erasedSignatureState,
  type SignedContent,
  type Signer,
  signatureState,
  signedContent,
} from '../../src/rules/signed_content.ts';
import { isTaxId } from '../../src/rules/tax_id.ts';
import { digitsOf, isNumber } from '../../src/rules/telephone.ts';
import { confirmedHash } from '../../src/rules/unsigned.ts';
import { hasVisible, isLogin } from '../../src/rules/visible.ts';
import { visitState } from '../../src/rules/visit_state.ts';
import { voucherState } from '../../src/rules/voucher_state.ts';
import {
  adminSpan,
  lacksNote,
  minutesOf,
  overlapMinutes,
  overlappedMinutes,
  type TimeSpan,
  visitSpan,
} from '../../src/rules/working_time.ts';
import type {
  Asset,
  BusinessHours,
  CalendarDay,
  Customer,
  Dispatch,
  MaintenanceContract,
  ServiceCall,
  ServiceVisit,
  ServiceVoucher,
} from '../../src/wire/kinds.ts';
import type { CallState, SignatureState } from '../../src/wire/states.ts';
import { vectorsOf } from '../core/vectors.ts';

interface Content {
  readonly parties: { readonly unit_name: string; readonly technician_name: string };
  readonly customer: Customer;
  readonly asset: Asset;
  readonly call: ServiceCall;
  readonly visit: ServiceVisit;
  readonly signer: Signer;
  readonly expect: string;
}

test.each(vectorsOf<Content>('signed_content'))(
  'N1 $id',
  ({ parties, customer, asset, call, visit, signer, ...vector }) => {
    const named = { unitName: parties.unit_name, technicianName: parties.technician_name };
    expect(canonicalText(signedContent(named, customer, asset, call, visit, signer))).toBe(vector.expect);
  },
);

interface Signed {
  readonly content: Pick<SignedContent, 'visit'> | null;
  readonly visit: ServiceVisit;
  readonly rivals: readonly string[];
  readonly expect: SignatureState;
}

test.each(vectorsOf<Signed>('signature_state', 'visit'))('N2 $id', ({ content, visit, rivals, expect: expected }) => {
  expect(signatureState(content, visit, rivals)).toBe(expected);
});

interface ErasedEntry {
  readonly signed_at: number | null;
  readonly amended_at: number | null;
  readonly expect: SignatureState;
}

test.each(vectorsOf<ErasedEntry>('signature_state', 'signed_at'))('Y1 $id', (vector) => {
  expect(erasedSignatureState(vector.signed_at, vector.amended_at)).toBe(vector.expect);
});

interface Visit {
  readonly visit: ServiceVisit;
  readonly expect: string;
}

test.each(vectorsOf<Visit>('visit_state'))('$id', ({ visit, expect: expected }) => {
  expect(visitState(visit)).toBe(expected);
});

interface Voucher {
  readonly voucher: ServiceVoucher;
  readonly open_calls: number;
  readonly expect: string;
}

interface Vouchers {
  readonly vouchers: Readonly<Record<string, ServiceVoucher>>;
  readonly states: Readonly<Record<string, readonly CallState[]>>;
  readonly expect: readonly string[];
}

test.each(vectorsOf<Vouchers>('reconciliation'))('$id', ({ vouchers, states, expect: expected }) => {
  expect(astray(new Map(Object.entries(vouchers)), new Map(Object.entries(states)))).toEqual(expected);
});

test.each(vectorsOf<Voucher>('voucher_state'))('$id', ({ voucher, open_calls, expect: expected }) => {
  expect(voucherState(voucher, open_calls)).toBe(expected);
});

interface Call {
  readonly call: ServiceCall;
  readonly dispatches: Readonly<Record<string, Dispatch>>;
  readonly visits: Readonly<Record<string, ServiceVisit>>;
  readonly expect: string;
}

test.each(vectorsOf<Call>('call_state'))('$id', ({ call, dispatches, visits, expect: expected }) => {
  expect(callState(call, new Map(Object.entries(dispatches)), new Map(Object.entries(visits)))).toBe(expected);
});

interface Closing {
  readonly call?: ServiceCall;
  readonly state: CallState;
  readonly entries: ReadonlyArray<Omit<ClosingEntry, 'cover'> & { readonly cover?: Partial<Cover> }>;
  readonly expect: string | null;
}

const NO_COVER: Cover = { asset: {}, contracts: [] };

test.each(vectorsOf<Closing>('closing'))('$id', ({ call = {}, state, entries, expect: expected }) => {
  const covered = entries.map((entry) => ({ ...entry, cover: { ...NO_COVER, ...entry.cover } }));
  expect(closingObstacle(call, state, covered)).toBe(expected);
});

interface Billing {
  readonly call: ServiceCall;
  readonly visits: readonly ServiceVisit[];
  readonly expect: boolean;
}

test.each(vectorsOf<Billing>('billing'))('$id', ({ call, visits, expect: expected }) => {
  expect(isBillingOpen(call, visits)).toBe(expected);
});

interface Facts {
  readonly visit: ServiceVisit;
  readonly call: ServiceCall;
  readonly dispatch?: Dispatch;
  readonly cover?: Partial<Cover>;
  readonly signature: SignatureState;
  readonly expect: readonly string[];
}

test.each(vectorsOf<Facts>('findings', 'visit'))(
  '$id',
  ({ visit, call, dispatch = {}, cover, signature, expect: expected }) => {
    expect(visitFindings({ visit, call, dispatch, cover: { ...NO_COVER, ...cover }, signature })).toEqual(expected);
  },
);

interface Called {
  readonly called: ServiceCall;
  readonly cover?: Partial<Cover>;
  readonly is_booked?: boolean;
  readonly expect: readonly string[];
}

test.each(vectorsOf<Called>('findings', 'called'))('$id', ({ called, cover, is_booked = false, expect: expected }) => {
  expect(callFindings({ call: called, cover: { ...NO_COVER, ...cover }, isBooked: is_booked })).toEqual(expected);
});

interface Contracted {
  readonly contract: MaintenanceContract;
  readonly expect: readonly string[];
}

test.each(vectorsOf<Contracted>('findings', 'contract'))('$id', ({ contract, expect: expected }) => {
  expect(contractFindings(contract)).toEqual(expected);
});

interface Booked {
  readonly call: ServiceCall;
  readonly visits: readonly ServiceVisit[];
  readonly booked: string | null;
}

test.each(vectorsOf<Booked>('category', 'booked'))('$id', ({ call, visits, booked }) => {
  expect(bookedCategory(call, visits) ?? null).toBe(booked);
});

interface Hours {
  readonly calendar: string;
  readonly since: string;
  readonly minutes?: number;
  readonly until?: string;
  readonly expect: string | number | null;
}

const calendars = new Map(vectorsOf<ServiceCalendar>('service_calendars').map((each) => [each.id, each]));

function calendarNamed(name: string): ServiceCalendar {
  const calendar = calendars.get(name);
  if (!calendar) throw new Error(`no calendar ${name}`);
  return calendar;
}

interface NextDay {
  readonly calendar: string;
  readonly after: string;
  readonly expect: string;
}

test.each(vectorsOf<NextDay>('service_hours', 'after'))('$id', ({ calendar: name, after, expect: expected }) => {
  expect(endOfNextDay(calendarNamed(name), Date.parse(after))).toBe(Date.parse(expected));
});

test.each(vectorsOf<Hours>('service_hours', 'since'))(
  '$id',
  ({ calendar: name, since, minutes, until, expect: expected }) => {
    const calendar = calendarNamed(name);
    if (until !== undefined) {
      expect(workedMs(calendar, Date.parse(since), Date.parse(until))).toBe(Number(expected) * 60_000);
      return;
    }
    const due = dueAt(calendar, Date.parse(since), minutes ?? 0);
    expect(due).toBe(expected === null ? null : Date.parse(String(expected)));
  },
);

interface HoursText {
  readonly hours: string;
  readonly expect: readonly Interval[] | null;
}

test.each(vectorsOf<HoursText>('arrival', 'hours'))('$id', ({ hours, expect: expected }) => {
  expect(intervalsOf(hours)).toEqual(expected);
});

interface Documents {
  readonly time_zone: string | null;
  readonly week: BusinessHours | null;
  readonly days: readonly CalendarDay[];
  readonly expect: ServiceCalendar;
}

test.each(vectorsOf<Documents>('arrival', 'days'))('$id', ({ time_zone, week, days, expect: expected }) => {
  expect(calendarOf(time_zone, week ?? undefined, days)).toEqual(expected);
});

interface Arrived {
  readonly visit: ServiceVisit;
  readonly expect: number | null;
}

test.each(vectorsOf<Arrived>('arrival', 'visit'))('$id', ({ visit, expect: expected }) => {
  expect(arrivalInstant(visit)).toBe(expected);
});

interface Due {
  readonly calendar: string;
  readonly call: ServiceCall;
  readonly received: string | null;
  readonly appointment?: string;
  readonly expect: string | null;
}

interface Left {
  readonly calendar: string;
  readonly left: string;
  readonly now: string;
  readonly carried: boolean;
}

test.each(vectorsOf<Left>('arrival', 'left'))('$id', ({ calendar, left, now, carried }) => {
  expect(isCarriedOver(calendarNamed(calendar), Date.parse(left), Date.parse(now))).toBe(carried);
});

test.each(vectorsOf<Due>('arrival', 'call'))('$id', ({ calendar, call, expect: expected, ...vector }) => {
  const instants = {
    ...(vector.received === null ? {} : { received_at: Date.parse(vector.received) }),
    ...(vector.appointment === undefined ? {} : { appointment_at: Date.parse(vector.appointment) }),
  };
  const due = callDueAt(calendarNamed(calendar), { ...call, ...instants });
  expect(due).toBe(expected === null ? null : Date.parse(expected));
});

test('F022 people work from the first instant of an interval to the last one before its end', () => {
  const taiwan = calendarNamed('taiwan');
  const at = (time: string) => isOpen(taiwan, Date.parse(`2025-01-13T${time}+08:00`));
  expect(['08:59:59', '09:00', '11:59:59', '12:00', '13:00', '18:00'].map(at)).toEqual([
    false,
    true,
    true,
    false,
    true,
    false,
  ]);
});

interface Proposed {
  readonly cover: Partial<Cover>;
  readonly at: number;
  readonly expect: string | null;
}

test.each(vectorsOf<Proposed>('category', 'cover'))('$id', ({ cover, at, expect: expected }) => {
  expect(proposedCategory({ ...NO_COVER, ...cover }, at)).toBe(expected);
});

interface Spent {
  readonly visit: ServiceVisit;
  readonly takes: boolean;
}

test.each(vectorsOf<Spent>('category', 'takes'))('$id', ({ visit, takes }) => {
  expect(takesIncludedVisit(visit)).toBe(takes);
});

interface Covered {
  readonly contract: string;
  readonly asset: string;
  readonly expect: string;
}

interface Led {
  readonly merged_into: Readonly<Record<string, string | null>>;
  readonly doc: string;
  readonly head: string;
}

interface Filled {
  readonly kind: MergedKind;
  readonly stays: Customer | Asset;
  readonly merged: Customer | Asset;
  readonly filled: unknown;
}

const merging = vectorsOf<Led | Filled>('merging');

test.each(merging.filter((each) => 'head' in each))('$id', ({ merged_into, doc, head }) => {
  expect(headOf(new Map(Object.entries(merged_into)), doc)).toBe(head);
});

test.each(merging.filter((each) => 'filled' in each))('$id', ({ kind, stays, merged, filled }) => {
  expect(filledIn(kind, stays, merged)).toEqual(filled);
});

test.each(vectorsOf<Covered>('covered_asset'))('$id', ({ contract, asset, expect: expected }) => {
  expect(idAbout('covered-asset', contract, asset)).toBe(expected);
});

interface WorkingTime {
  readonly line: Told;
  readonly now?: string;
  readonly others?: readonly Stretch[];
  readonly minutes: number | null;
  readonly each: readonly (number | null)[];
  readonly overlapped: number | null;
  readonly lacks_note?: boolean;
}

type Told = Readonly<Record<string, string | number>>;
type Stretch = { readonly line: Told } | { readonly visit: Told };

/** The fields with each clock of the day as an instant. */
function clocked(told: Told): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(told).map(([field, value]) => [field, field.endsWith('_at') ? clock(String(value)) : value]),
  );
}

function clock(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

function stretch(told: Stretch, now: number): TimeSpan | null {
  return 'visit' in told ? visitSpan(clocked(told.visit), now) : adminSpan(clocked(told.line), now);
}

test.each(vectorsOf<WorkingTime>('working_time'))('$id', (vector) => {
  const now = clock(vector.now ?? '24:00:00');
  const [span, others] = [stretch(vector, now), (vector.others ?? []).map((each) => stretch(each, now))];
  expect(span && minutesOf(span)).toBe(vector.minutes);
  expect(others.map((other) => other && span && overlapMinutes(span, other))).toEqual(vector.each);
  expect(
    span &&
      overlappedMinutes(
        span,
        others.filter((other) => other !== null),
      ),
  ).toBe(vector.overlapped);
  if ('lacks_note' in vector) expect(lacksNote(clocked(vector.line))).toBe(vector.lacks_note);
});

interface Came {
  readonly received: number;
  readonly logged: number | null;
  readonly arrivals: readonly number[];
  readonly now: number;
  readonly expect: boolean;
}
test.each(vectorsOf<Came>('receipt'))('$id', ({ received, logged, arrivals, now, expect: expected }) => {
  expect(isSensibleReceipt(received, logged, arrivals, now)).toBe(expected);
});

interface Confirmed {
  readonly visit: ServiceVisit;
  readonly content: string;
  readonly expect: string;
}
test.each(vectorsOf<Confirmed>('confirmation'))('$id', ({ visit, content, expect: expected }) => {
  expect(link(new TextEncoder().encode(content))).toBe(expected);
  expect(confirmedHash(visit)).toBe(expected);
});

interface TaxId {
  readonly digits: string;
  readonly expect: boolean;
}
interface Purpose {
  readonly id: string;
  readonly purpose: string;
}
interface Imported extends Purpose {
  readonly file: string;
  readonly counts: readonly (readonly [kind: string, fresh: number, changed: number])[];
}
test.each(vectorsOf<Imported>('purposes', 'counts'))('$id', ({ purpose, file, counts }) => {
  const told = counts.map(([kind, fresh, changed]) => ({ kind, fresh, changed }));
  expect([readImport(purpose), readRepair(purpose)]).toEqual([{ file, counts: told }, undefined]);
});
interface Repaired extends Purpose {
  readonly ranges: number;
  readonly rows: number;
}
test.each(vectorsOf<Repaired>('purposes', 'ranges'))('$id', ({ purpose, ranges, rows }) => {
  expect([readRepair(purpose), readImport(purpose)]).toEqual([{ ranges, rows }, undefined]);
});
test.each(vectorsOf<Purpose>('purposes', 'unread'))('$id', ({ purpose }) => {
  expect([readImport(purpose), readRepair(purpose)]).toEqual([undefined, undefined]);
});
interface Telephone {
  readonly id: string;
  readonly typed: string;
  readonly digits: string;
  readonly expect: boolean;
}
test.each(vectorsOf<Telephone>('telephone'))('$id', ({ typed, digits, expect: expected }) => {
  expect([digitsOf(typed), isNumber(typed)]).toEqual([digits, expected]);
});
interface Visible {
  readonly id: string;
  readonly text: string;
  readonly visible: boolean;
  readonly login: boolean;
}
test.each(vectorsOf<Visible>('visible'))('$id', ({ text, visible, login }) => {
  expect([hasVisible(text), isLogin(text)]).toEqual([visible, login]);
});
test.each(vectorsOf<TaxId>('tax_id'))('$id', ({ digits, expect: expected }) => {
  expect(isTaxId(digits)).toBe(expected);
});

interface Holidays {
  readonly today: string;
  readonly holidays: readonly string[];
  readonly expect: readonly number[];
}

test.each(vectorsOf<Holidays>('holidays'))('F021 $id', ({ today, holidays, ...vector }) => {
  expect(missingYears(today, holidays)).toEqual(vector.expect);
});

interface Used {
  readonly parts: readonly (readonly [name: string, number: string, quantity: number])[];
  readonly expect: string | null;
}

test.each(vectorsOf<Used>('parts'))('F030 $id', ({ parts, ...vector }) => {
  const lines = partLines(parts.map(([name, number, quantity]) => ({ name, number, quantity })));
  expect(lines).toBe(vector.expect);
  expect(partLines(partsOf(lines))).toBe(lines);
  expect(isFieldsOf('service_visit', { parts: lines })).toBe(true);
});

interface Named {
  readonly name: string;
  readonly expect: string;
}

test.each(vectorsOf<Named>('places'))('F020 $id', ({ name, ...vector }) => {
  expect(placeKey(name)).toBe(vector.expect);
});
