import { toBase64Url } from '../platform/base64url.ts';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' };

/** A key pair that signs for this browser; the private half never leaves it (SPEC A4). */
export function makeDeviceKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
}

/** The public half as the office enrols it: an uncompressed point (SEC 1, section 2.3.3) in base64url. */
export async function publicPoint({ publicKey }: CryptoKeyPair): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)));
}

/** Signs a statement: P-256 over SHA-256, 64 bytes r || s, in base64url. */
export async function signed({ privateKey }: CryptoKeyPair, statement: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(ECDSA, privateKey, statement)));
}
