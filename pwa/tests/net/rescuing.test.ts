// @vitest-environment node
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { expect, test } from 'vitest';
import { toBase64Url } from '../../src/platform/base64url.ts';
import type { RescueContents } from '../../src/wire/bodies.ts';
import { captureFault, technician } from './device.ts';

const SUITE = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** A phone that knows its office's key and captured something without a network. */
async function offline() {
  const at = await technician();
  const pair = await SUITE.kem.generateKeyPair();
  const rescueKey = toBase64Url(new Uint8Array(await SUITE.kem.serializePublicKey(pair.publicKey)));
  const { contact } = at.phone.store.device;
  await contact.keep({ at: 1, offset: 250, rescueKey });
  at.office.before = () => {
    throw new TypeError('no network');
  };
  const strokes = await at.phone.store.blobs.keep(new Blob(['s1.AAEC']));
  await captureFault(at.phone, '不冷', '漏水');
  const signature = { kind: 'signature' as const, id: 'a'.repeat(40), fields: { strokes_sha256: strokes } };
  await at.phone.store.capture([signature], { about: 'visit-0001', what: 'visit.sign', who: '陳美惠' });
  return { ...at, pair, rescueKey, strokes };
}

/** What the office would find in a file. */
async function opened(file: Blob, recipientKey: CryptoKeyPair) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const end = bytes.indexOf(10);
  const line = new TextDecoder().decode(bytes.slice(0, end));
  const info = new TextEncoder().encode(`fieldproof-rescue-1\n${line}`).buffer as ArrayBuffer;
  const [enc, sealed] = [bytes.slice(end + 1, end + 66).buffer, bytes.slice(end + 66).buffer];
  const plain = new TextDecoder().decode(
    await SUITE.open({ recipientKey: recipientKey.privateKey, enc, info }, sealed),
  );
  const [first = '', ...rest] = plain.split('\n');
  return { header: JSON.parse(line), contents: JSON.parse(first) as RescueContents, rest };
}

test('X1 unsent work leaves the phone sealed, without a network, and nothing of it can be read', async () => {
  const { phone, pair, rescueKey, strokes } = await offline();
  const files: Blob[] = [];
  await phone.store.exportFile(async (work) => void files.push(await phone.client.seal(work)));
  const [file = new Blob()] = files;
  expect(files).toHaveLength(1);
  expect(await file.text()).not.toContain('不冷');
  const { header, contents, rest } = await opened(file, pair);
  expect(header).toEqual({ format: 'fieldproof-rescue', version: 1, company: 'company-one', key: rescueKey });
  expect(contents).toMatchObject({ user: 'technician-one', offset_ms: 250, blobs: [{ sha256: strokes, size: 7 }] });
  expect(contents.batches.map(({ first, count }) => [first, count])).toEqual([[1, 3]]);
  expect(rest.slice(0, 3).map((text) => JSON.parse(text)[1])).toEqual(['service_visit', 'service_visit', 'signature']);
  expect(rest[3]).toBe('s1.AAEC');
  expect(await phone.store.device.outbox.unsafe()).toBe(0);
});

test('X1 a phone that never learned a key says so, and nothing counts as exported', async () => {
  const { phone } = await offline();
  await phone.store.device.contact.keep({ at: 1, offset: 0 });
  const refused = phone.store.exportFile(async (work) => void (await phone.client.seal(work)));
  await expect(refused).rejects.toMatchObject({ code: 'rescue.no_key' });
  expect(await phone.store.device.outbox.unsafe()).toBeGreaterThan(0);
});
