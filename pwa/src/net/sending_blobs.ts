import type { FileSource } from 'tus-js-client';
import { UPLOAD_PART_BYTES } from '../wire/limits.ts';
import type { Code } from '../wire/problems.ts';
import { json, messageOf, Refused } from './call.ts';
import { epochOf, type Line } from './line.ts';
import type { Outcome } from './states.ts';
import { TusStack } from './tus_stack.ts';

/** A file that will never be taken as it is must not stand in the way of the others. */
export const FOR_THIS_FILE: readonly Code[] = [
  'blob.hash',
  'blob.type',
  'blob.image',
  'blob.metadata',
  'request.too_large',
];

/**
 * Sends the files that acknowledged records name, one by one, and then those that the office wants besides; a record that
 * was captured meanwhile goes first.
 */
export async function sendBlobs(line: Line): Promise<Outcome> {
  const epoch = await epochOf(line);
  try {
    do {
      if ((await sendWaiting(line, epoch)) === 'interrupted') return 'interrupted';
    } while (await answerWanted(line, epoch));
    return 'done';
  } finally {
    line.device.outbox.nowSending(null);
  }
}

async function sendWaiting(line: Line, epoch: string): Promise<Sent> {
  const { blobs, outbox } = line.device;
  for (const sha256 of await blobs.next()) {
    if (line.captured()) return 'interrupted';
    outbox.nowSending({ blob: sha256 });
    if ((await sendBlob(line, sha256, epoch)) === 'interrupted') return 'interrupted';
  }
  return 'done';
}

/**
 * Once in each epoch, and whenever the app was started: what the office wants of this device and is here goes again, of
 * the rest it learns that it will not come from here (SPEC P9). Tells whether anything goes again.
 */
async function answerWanted(line: Line, epoch: string): Promise<boolean> {
  if (line.wantedIn === epoch) return false;
  const told = await line.ask('/sync/v1/files/wanted');
  // An office of before does not know the question; whatever else is wrong, the next step is told too.
  if (!told.ok) return false;
  const { files } = await messageOf(told, 'WantedFiles');
  const gone = files.length > 0 ? await line.device.blobs.sendWanted(files) : [];
  if (gone.length > 0) await line.call('/sync/v1/files/gone', json({ files: gone }));
  line.wantedIn = epoch;
  return gone.length < files.length;
}

async function sendBlob(line: Line, sha256: string, epoch: string): Promise<Sent> {
  const { blobs } = line.device;
  const file = await blobs.read(sha256);
  if (!file) return 'done';
  try {
    const sent = (await isThere(line, sha256)) ? 'done' : await upload(line, sha256, file);
    if (sent === 'done') await blobs.deliver(sha256, epoch);
    return sent;
  } catch (error) {
    if (!(error instanceof Refused) || !FOR_THIS_FILE.includes(error.code)) throw error;
    await blobs.refuse(sha256, error.code);
    return 'done';
  }
}

type Sent = Extract<Outcome, 'done' | 'interrupted'>;

/** Whether the office has the file, of whomever: it need not be sent then. Its answer has no body to name a problem. */
async function isThere({ ask }: Line, sha256: string): Promise<boolean> {
  return (await ask(`/blobs/${sha256}`, { method: 'HEAD' })).ok;
}

/**
 * Sends a file in parts, from where the office has it (tus 1.0): each part that it acknowledged is there, whoever is
 * killed; with the last one the whole file is verified and kept.
 *
 * Comes to this device in a chunk of its own, when there is the first file to send. Throws `Refused` or `Unreachable`.
 */
async function upload({ device: { blobs }, ask, captured }: Line, sha256: string, file: Blob): Promise<Sent> {
  const { Upload } = await import('tus-js-client');
  const begun = await blobs.upload(sha256);
  const httpStack = new TusStack(ask);
  return new Promise((resolve, reject) => {
    const transfer = new Upload(file, {
      endpoint: '/uploads',
      uploadUrl: begun,
      metadata: { sha256 },
      chunkSize: UPLOAD_PART_BYTES,
      httpStack,
      fileReader: { openFile: async () => sourceOf(file) },
      // Waiting and trying again is the syncer's, and where it goes on stands beside the file.
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => void (transfer.url && blobs.keepUpload(sha256, transfer.url).catch(reject)),
      onChunkComplete: (_, accepted) => {
        if (captured() && accepted < file.size) void transfer.abort().then(() => resolve('interrupted'));
      },
      onSuccess: () => resolve('done'),
      onError: (error) => reject(httpStack.failure ?? error),
    });
    transfer.start();
  });
}

function sourceOf(file: Blob): FileSource {
  return {
    size: file.size,
    slice: async (start, end) => ({ value: file.slice(start, end), done: end >= file.size }),
    close() {},
  };
}
