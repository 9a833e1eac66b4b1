import { toBase64Url } from '../../platform/base64url.ts';
import type { PinRecord } from '../../store/index.ts';

/** Wrong codes in a row after which only signing in helps. */
export const MOST_TRIES = 5;

/** The browser's own PBKDF2 costs some tenths of a second beside the page, so that no tap waits for it. */
const COST = { name: 'PBKDF2', hash: 'SHA-256', iterations: 200_000 } as const;
const HASH_BITS = 256;
const SALT_BYTES = 16;

/** A new code. */
export async function chosenPin(digits: string, random: (length: number) => Uint8Array): Promise<PinRecord> {
  const salt = toBase64Url(random(SALT_BYTES));
  return { salt, hash: await hashed(digits, salt), wrong: 0 };
}

export async function isRight({ salt, hash }: PinRecord, digits: string): Promise<boolean> {
  return (await hashed(digits, salt)) === hash;
}

export function triesLeft({ wrong }: PinRecord): number {
  return Math.max(0, MOST_TRIES - wrong);
}

async function hashed(digits: string, salt: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey('raw', bytes(digits), 'PBKDF2', false, ['deriveBits']);
  return toBase64Url(new Uint8Array(await crypto.subtle.deriveBits({ ...COST, salt: bytes(salt) }, key, HASH_BITS)));
}
