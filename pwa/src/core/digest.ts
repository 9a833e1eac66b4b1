import { utf8ToBytes } from '@noble/hashes/utils.js';
import { link } from './chain.ts';

/** The digest of no rows. */
export const ZERO = '0'.repeat(64);

/** The digest of one confirmed row (SPEC F4). */
export function rowDigest(kind: string, doc: string, position: number): string {
  return link(utf8ToBytes(`${kind}\n${doc}\n${position}`));
}

/** The digest of a set of rows: exclusive or, so that order does not matter and rows can be taken out. */
export function combine(digests: Iterable<string>): string {
  let total = 0n;
  for (const digest of digests) total ^= BigInt(`0x${digest}`);
  return total.toString(16).padStart(64, '0');
}
