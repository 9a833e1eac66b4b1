import { scryptAsync } from '@noble/hashes/scrypt.js';
import { toBase64Url } from '../../platform/base64url.ts';

/** A code as it is kept: never itself, and with the wrong tries since the last right one. */
export interface PinRecord {
  readonly salt: string;
  /** scrypt (RFC 7914) of the digits, base64url. */
  readonly hash: string;
  readonly wrong: number;
}

/** Wrong codes in a row after which only signing in helps. */
export const MOST_TRIES = 5;

/** Some tenths of a second on a phone: a million codes are tried slowly even by who copied the record. */
const COST = { N: 2 ** 14, r: 8, p: 1, dkLen: 32 } as const;
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
  return toBase64Url(await scryptAsync(digits, salt, COST));
}
