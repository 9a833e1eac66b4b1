import { expect, test } from 'vitest';
import { canonicalText } from '../../src/core/canonical.ts';
import { signatureState } from '../../src/rules/signed_content.ts';
import { paperOf, sign, signatureOf, signedBy, signedText } from '../../src/ui/phone/views/signing.ts';
import { SIGNED_FIELDS } from '../../src/wire/states.ts';
import { at, books } from '../office/made.ts';
import { errand, GROUND, job, ME } from './made.ts';

const documents = job('a', {
  call: { address: '板橋區文化路一段 188 號', contact_phone: '02-2950-0111' },
  visit: { category: 'warranty', arrived_at: at(9), fault: '不冷', action: '清潔', outcome: 'fixed' },
});
const there = errand('a', ...documents);
const laid = paperOf(books(...GROUND, ...documents), there, ME);
const paper = signedBy(laid, { role: 'customer', name: '陳美惠' });
const hand = { strokes_sha256: 'a'.repeat(64), image_sha256: 'b'.repeat(64) };
const signature = signatureOf(there, paper, hand, 'device-1', at(10));

test('the customer reads who served whom with what, and what it costs', () => {
  expect(paper.content).toEqual({
    template: 'visit-3',
    unit: '板橋服務中心',
    technician: '林志豪',
    customer: { name: '陳美惠', address: '板橋區文化路一段 188 號', phone: '02-2950-0111' },
    asset: { product: '變頻冰箱', model_no: 'KR-528WN', serial_no: '528N-104417' },
    visit: {
      action: '清潔',
      arrived_at: at(9),
      asset: there.asset?.id,
      call: there.call.id,
      category: 'warranty',
      fault: '不冷',
      fee_total: 0,
      outcome: 'fixed',
      parts: null,
      technician: there.dispatch.fields.technician,
      undone_next: null,
      undone_note: null,
      undone_reason: null,
      undone_wish_at: null,
    },
    signer: { role: 'customer', name: '陳美惠' },
  });
});

test('N1 what is signed is the canonical text of what was read', () => {
  expect(signature.content).toBe(signedText(paper));
  expect(canonicalText(JSON.parse(signature.content ?? ''))).toBe(signature.content);
  expect(signature).toMatchObject({ visit: 'a', role: 'customer', device: 'device-1', signed_at: at(10) });
});

test('N2 the signing group writes every signed field again, as it was seen when the paper was laid', () => {
  const { edits, label } = sign(there, paper, 'signature-1', signature);
  const [visit, signed] = edits;
  expect(Object.keys(visit?.fields ?? {}).sort()).toEqual([...SIGNED_FIELDS, 'finished_at'].sort());
  expect(visit?.fields).toMatchObject({ fee_total: 0, action: '清潔', finished_at: at(10) });
  expect(visit?.seen).toBe(there.visit?.seen);
  expect(signed).toEqual({ kind: 'signature', id: 'signature-1', fields: signature });
  expect(label.what).toBe('visit.sign');
});

test('what is captured stands equal to what was signed', () => {
  const [visit] = sign(there, paper, 'signature-1', signature).edits;
  const after = { ...there.visit?.fields, ...visit?.fields };
  expect(signatureState(JSON.parse(signature.content ?? ''), after, [])).toBe('equal');
});

test('signing again leaves the time when the visit was finished', () => {
  const finished = errand('a', ...job('a', { visit: { arrived_at: at(8), finished_at: at(9) } }));
  expect(sign(finished, paper, 'signature-2', signature).edits[0]?.fields).toMatchObject({ finished_at: at(9) });
});

test('a name that was typed in two halves is signed in NFC', () => {
  const typed = signedBy(laid, { role: 'customer', name: ' Jose\u0301 ' });
  expect(signatureOf(there, typed, hand, 'device-1', at(10)).signer_name).toBe('Jos\u00e9');
});

test('F031 whoever signs for the customer is named, with his capacity, in what he signs', () => {
  const byGuard = signatureOf(there, signedBy(laid, { role: 'guard', name: '周先生' }), hand, 'device-1', at(10));
  expect(byGuard).toMatchObject({ role: 'guard', signer_name: '周先生' });
  expect(JSON.parse(byGuard.content ?? '').signer).toEqual({ role: 'guard', name: '周先生' });
  expect(byGuard.content).not.toBe(signature.content);
});
