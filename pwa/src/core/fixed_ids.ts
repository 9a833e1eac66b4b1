import { link } from './chain.ts';

const ID_LENGTH = 32;

/**
 * The id of the one document about a subject: whoever writes about the same thing writes the same document. No part but
 * the last holds a slash. The twin of server/records/fixed_ids.py.
 */
export function idAbout(...subject: readonly string[]): string {
  return link(new TextEncoder().encode(subject.join('/'))).slice(0, ID_LENGTH);
}
