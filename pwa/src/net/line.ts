import type { Ambient } from '../platform/ambient.ts';
import type { Ask, Call } from './call.ts';
import { signed } from './device_key.ts';
import type { Device, DeviceKey, Me } from './ports.ts';
import type { SyncStatus } from './status.ts';

/** Everything that a step of the syncer has in its hands. */
export interface Line {
  readonly device: Device;
  readonly ambient: Ambient;
  readonly ask: Ask;
  readonly call: Call;
  /** The app's own version, for the office's list of devices. */
  readonly app: string;
  /** From when on a pull that ends compares the rows with the office's digest; a hello sets it to 0. */
  compareFrom: number;
  /** The epoch of the office that every file kept here was last held against. */
  filesIn: string;
  /** The epoch in which the office was last asked which files it wants of this device. */
  wantedIn: string;
  /** When this device last kept what is entrusted to it. */
  keptAt: number;
  /** Whether something may have to be kept once the pause since then is over. */
  keepDue: boolean;
  /** The public key of the office's receipts, as the last hello told it. */
  receiptKey: string;
  /** Whether something was captured that should go before the next file. */
  readonly captured: () => boolean;
  /** Says what changed, in every tab. */
  readonly tell: (change: Partial<SyncStatus>) => void;
  /** Hands a defect to whoever collects them. */
  readonly report: (error: unknown) => void;
}

/** A signed-in person on an enrolled device. */
export interface Writer {
  readonly me: Me;
  readonly key: DeviceKey;
}

/** Who writes here; null before sign-in and enrolment. */
export async function writerOf(device: Device): Promise<Writer | null> {
  const me = device.person.me.get();
  const key = me?.device ? await device.person.key(me.company, me.user) : null;
  return me && key ? { me, key } : null;
}

export function signedBy({ key }: Writer, statement: Uint8Array<ArrayBuffer>): Promise<string> {
  return signed(key.keys, statement);
}

/** The epoch in which this device writes now. */
export async function epochOf({ device }: Line): Promise<string> {
  const open = (await device.outbox.chains()).find(({ state }) => state === 'open');
  return open?.record.epoch ?? '';
}
