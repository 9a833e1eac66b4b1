import { expect, test } from 'vitest';
import { link } from '../../src/core/chain.ts';
import { copyOf, copyStateOf, linkOf, linkParts, makeCopy, takeBackCopy } from '../../src/ui/books/copies.ts';
import { BrokenLink, readCopy } from '../../src/ui/copy/reading.ts';
import { USUAL_COPY_DAYS } from '../../src/wire/limits.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const signature = doc('signature', 'signature-one', { unit: 'ban', visit: 'v' });
const secret = new Uint8Array(16).fill(7);
const made = makeCopy(books(signature), signature, secret, at(12));
const copy = doc('signature_copy', made.id, made.fields as object);

test('a link is good for thirty days, and the same signature always has the same one', () => {
  expect(made.fields).toMatchObject({
    unit: 'ban',
    signature: 'signature-one',
    expires_at: at(12) + USUAL_COPY_DAYS * DAY_MS,
  });
  const all = books(signature, copy);
  expect(copyOf(all, 'signature-one', at(12) + USUAL_COPY_DAYS * DAY_MS - 1)).toBe(copy);
  expect(copyOf(all, 'signature-one', at(12) + USUAL_COPY_DAYS * DAY_MS)).toBeUndefined();
  expect(makeCopy(all, signature, secret, at(13))).toMatchObject({ id: made.id, seen: copy.seen });
});

test('the office is told whether what was signed can be opened: it stands, waits to be sent, is over, or was never given', () => {
  const gone = doc('signature_copy', copy.id, { ...copy.fields, ...takeBackCopy(copy).fields });
  const stateAt = (now: number, ...given: Parameters<typeof books>) =>
    copyStateOf(books(signature, ...given), signature, now).state;
  expect(stateAt(at(12), copy)).toBe('stands');
  expect(stateAt(at(12), { ...copy, unsent: 1 })).toBe('unsent');
  expect(stateAt(at(12) + USUAL_COPY_DAYS * DAY_MS, copy)).toBe('over');
  expect([stateAt(at(12)), stateAt(at(12), gone)]).toEqual(['none', 'none']);
});

test('a link that was taken back is none', () => {
  const { fields } = takeBackCopy(copy);
  expect(fields).toEqual({ secret: null, deleted: true });
  expect(
    copyOf(books(doc('signature_copy', copy.id, { ...copy.fields, ...fields })), 'signature-one', at(12)),
  ).toBeUndefined();
});

test('the secret stands behind the hash of the address, where no server sees it', () => {
  const address = new URL(linkOf('https://service.example', 'company-one', copy));
  expect(address.pathname).toBe('/copy.html');
  expect(linkParts(address.hash)).toEqual({ company: 'company-one', copy: copy.id, secret: 'BwcHBwcHBwcHBwcHBwcHBw' });
});

test.each(['', '#', '#company-one', '#company-one.copy', '#company-one.copy.'])('%j names no copy', async (hash) => {
  await expect(readCopy(async () => Response.error(), hash)).rejects.toThrow(BrokenLink);
});

const content = '{"template":"visit-1","unit":"板橋服務中心","visit":{}}';
const answer = {
  content,
  content_sha256: link(new TextEncoder().encode(content)),
  signer_name: '陳美惠',
  signed_at: 1,
};

test('what is not what was signed is told apart', async () => {
  const told = (over: object) =>
    readCopy(
      async () => Response.json({ ...answer, strokes: null, expires_at: 2, ...over }),
      '#company-one.copy.secret',
    );
  expect(await told({})).toMatchObject({
    isWhole: true,
    signer: '陳美惠',
    drawing: null,
    content: { unit: '板橋服務中心' },
  });
  expect(await told({ content: content.replace('板橋', '桃園') })).toMatchObject({ isWhole: false });
});

test("a link is good for as long as the signature's unit says", () => {
  const shelf = books(doc('unit_settings', 'ban', { unit: 'ban', copy_days: 7 }));
  const signed = doc('signature', 'signature-one', { unit: 'ban' });
  const { fields } = makeCopy(shelf, signed, new Uint8Array(16), at(12));
  expect(fields).toMatchObject({ expires_at: at(12) + 7 * DAY_MS });
});
