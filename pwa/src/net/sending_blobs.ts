import type { Code } from '../wire/problems.ts';
import { Refused } from './call.ts';
import type { Line } from './line.ts';
import type { Outcome } from './states.ts';

/** A file that will never be taken as it is must not stand in the way of the others. */
export const FOR_THIS_FILE: readonly Code[] = ['blob.hash', 'blob.type', 'request.too_large'];

/** Sends the files that acknowledged records name, one by one; a record that was captured meanwhile goes first. */
export async function sendBlobs(line: Line): Promise<Outcome> {
  const { blobs, outbox } = line.device;
  try {
    for (const sha256 of await blobs.next()) {
      if (line.captured()) return 'interrupted';
      outbox.nowSending({ blob: sha256 });
      await sendBlob(line, sha256);
    }
    return 'done';
  } finally {
    outbox.nowSending(null);
  }
}

async function sendBlob({ device: { blobs }, call }: Line, sha256: string): Promise<void> {
  const file = await blobs.read(sha256);
  if (!file) return;
  try {
    await call(`/blobs/${sha256}`, { method: 'PUT', headers: { 'content-type': file.type }, body: file });
    await blobs.deliver(sha256);
  } catch (error) {
    if (!(error instanceof Refused) || !FOR_THIS_FILE.includes(error.code)) throw error;
    await blobs.refuse(sha256, error.code);
  }
}
