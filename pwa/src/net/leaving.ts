import { canonicalBytes } from '../core/canonical.ts';
import { link } from '../core/chain.ts';
import { type Call, Refused } from './call.ts';
import { greet } from './greeting.ts';
import { sayHello } from './hello.ts';
import { epochOf, type Line, signedBy, type Writer } from './line.ts';
import { offer } from './offering.ts';
import { push } from './pushing.ts';
import { FOR_THIS_FILE } from './sending_blobs.ts';
import type { Outcome } from './states.ts';

const DOOR = '/sync/v1/quarantine';

/** How often the office may turn out to stand elsewhere before something is taken to be broken. */
const MOST_PARTINGS = 8;

/**
 * Hands in what was not sent, at the door for stopped devices, and wipes this device once the office has it all and
 * says so (SPEC Q1 to Q4). Throws `Refused` with `device.not_revoked` where nobody stopped it.
 */
export async function leave(line: Line, writer: Writer): Promise<Outcome> {
  const through: Line = { ...line, call: doorCall(line.call, writer) };
  for (let partings = 0; partings < MOST_PARTINGS; partings += 1) {
    const outcome = await handIn(through, writer).catch((error: unknown) => tellRestore(line, error));
    if (outcome !== 'parted') return outcome;
  }
  return 'lost';
}

/** Nobody stopped this device; if the office was put back to a backup since it last met it, that ended the session. */
async function tellRestore(line: Line, error: unknown): Promise<never> {
  if (error instanceof Refused) {
    const { restored_at: at, epoch } = error.facts;
    if (typeof at === 'number' && epoch !== (await epochOf(line))) line.tell({ restoredAt: at });
  }
  throw error;
}

async function handIn(line: Line, writer: Writer): Promise<Outcome> {
  for (const step of [greet, offer, push]) {
    const outcome = await step(line, writer);
    if (outcome !== 'done') return outcome;
  }
  const open = (await line.device.outbox.chains()).find(({ state }) => state === 'open');
  if (!open) return 'parted';
  await handInFiles(line, open.record.epoch);
  const { deeds = [] } = await sayHello(line, open);
  // What was captured meanwhile goes first; without the deed nothing is ever wiped.
  return deeds.includes('wipe') && (await line.device.person.wipe()) ? 'done' : 'parted';
}

/** Files of acknowledged records, those too that an office had which was restored since; one that no office takes as it is stays, and keeps the device from being wiped. */
async function handInFiles(line: Line, epoch: string): Promise<void> {
  await line.device.blobs.sendAgain(epoch);
  for (const sha256 of await line.device.blobs.next()) {
    const file = await line.device.blobs.read(sha256);
    if (file) await handInFile(line, sha256, file, epoch);
  }
}

async function handInFile({ device, call }: Line, sha256: string, file: Blob, epoch: string): Promise<void> {
  const { blobs } = device;
  try {
    await call(`/blobs/${sha256}`, { method: 'PUT', headers: { 'content-type': file.type }, body: file });
    await blobs.deliver(sha256, epoch);
  } catch (error) {
    if (!(error instanceof Refused) || !FOR_THIS_FILE.includes(error.code)) throw error;
    await blobs.refuse(sha256, error.code);
    throw new Refused('device.quarantine_over', {});
  }
}

/** The same requests at the quarantine's door, each signed by this device's key: no session speaks for it any more. */
function doorCall(call: Call, writer: Writer): Call {
  return async (path, init = {}) => {
    const target = `${DOOR}${path.replace('/sync/v1', '')}`;
    const body = new Uint8Array(await new Response(init.body ?? null).arrayBuffer());
    const { company, device } = writer.key;
    const asked = ['fieldproof-quarantine-1', company, device, init.method ?? 'GET', target, link(body)];
    const signature = await signedBy(writer, canonicalBytes(asked));
    const headers = { ...init.headers, 'fieldproof-device': `${company}.${device}.${signature}` };
    return call(target, { ...init, body, headers });
  };
}
