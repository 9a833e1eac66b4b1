// @vitest-environment node
import { expect, test } from 'vitest';
import { canonicalText } from '../../src/core/canonical.ts';
import { callState } from '../../src/rules/call_state.ts';
import { type ClosingEntry, closingObstacle } from '../../src/rules/closing.ts';
import { visitFindings } from '../../src/rules/findings.ts';
import { type SignedContent, signatureState, signedContent } from '../../src/rules/signed_content.ts';
import { visitState } from '../../src/rules/visit_state.ts';
import { voucherState } from '../../src/rules/voucher_state.ts';
import type { Asset, Customer, Dispatch, ServiceCall, ServiceVisit, ServiceVoucher } from '../../src/wire/kinds.ts';
import type { CallState, SignatureState } from '../../src/wire/states.ts';
import { vectorsOf } from '../core/vectors.ts';

interface Content {
  readonly parties: { readonly unit_name: string; readonly technician_name: string };
  readonly customer: Customer;
  readonly asset: Asset;
  readonly call: ServiceCall;
  readonly visit: ServiceVisit;
  readonly expect: string;
}

test.each(vectorsOf<Content>('signed_content'))('N1 $id', ({ parties, customer, asset, call, visit, ...vector }) => {
  const named = { unitName: parties.unit_name, technicianName: parties.technician_name };
  expect(canonicalText(signedContent(named, customer, asset, call, visit))).toBe(vector.expect);
});

interface Signed {
  readonly content: Pick<SignedContent, 'visit'> | null;
  readonly visit: ServiceVisit;
  readonly rivals: readonly string[];
  readonly expect: SignatureState;
}

test.each(vectorsOf<Signed>('signature_state'))('N2 $id', ({ content, visit, rivals, expect: expected }) => {
  expect(signatureState(content, visit, rivals)).toBe(expected);
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
  readonly state: CallState;
  readonly entries: readonly ClosingEntry[];
  readonly expect: string | null;
}

test.each(vectorsOf<Closing>('closing'))('$id', ({ state, entries, expect: expected }) => {
  expect(closingObstacle(state, entries)).toBe(expected);
});

interface Facts {
  readonly visit: ServiceVisit;
  readonly call: ServiceCall;
  readonly signature: SignatureState;
  readonly expect: readonly string[];
}

test.each(vectorsOf<Facts>('findings'))('$id', ({ visit, call, signature, expect: expected }) => {
  expect(visitFindings({ visit, call, signature })).toEqual(expected);
});
