import type { Client } from '../../net/index.ts';
import type { Quarantine } from '../../wire/bodies.ts';
import type { Role } from '../../wire/vocabulary.ts';
import { type Kept, keepNothing, keepReading } from './reading.ts';

/** The roles that the server tells how much of a stopped device came. */
export const COUNTERS: readonly Role[] = ['clerk', 'service_manager', 'admin', 'auditor'];

/** Those of them who see what came, and where it waits for a decision. */
export const READERS: readonly Role[] = ['clerk', 'service_manager'];

const EVERY_MS = 60_000;

/** The last work of stopped devices, the newest quarantine of each. */
export async function readQuarantines(client: Client): Promise<ReadonlyMap<string, Quarantine>> {
  return newestOfEach(await read(client));
}

/** Keeps in step how much came of stopped devices, while somebody looks: what one hands in reaches nobody by itself. */
export function keepQuarantines(client: Client, mayRead: boolean): Kept<Quarantine> {
  return mayRead ? keepReading(client, () => read(client), EVERY_MS) : keepNothing();
}

/** Device to its newest quarantine, of a list that has the oldest first. */
export function newestOfEach(every: readonly Quarantine[]): ReadonlyMap<string, Quarantine> {
  return new Map(every.map((each) => [each.device, each]));
}

async function read(client: Client): Promise<readonly Quarantine[]> {
  return ((await client.ask('GET', '/api/quarantines')) ?? []) as readonly Quarantine[];
}

/** How far a stopped device has come: not heard of since, handing in, done, or done with nothing to hand in. */
export function stageOf(quarantine: Quarantine | undefined): 'away' | 'coming' | 'whole' | 'empty' {
  if (!quarantine) return 'away';
  if (quarantine.closed_at === null) return 'coming';
  return quarantine.arrived === 0 ? 'empty' : 'whole';
}

/** Decides about everything that waits of one device; gives how many entries that were. */
export async function decideAll(
  client: Client,
  device: string,
  decision: 'release' | 'reject',
  reason: string,
): Promise<number> {
  const { entries } = (await client.ask('POST', `/api/quarantines/${device}/${decision}`, { reason })) as {
    readonly entries: number;
  };
  return entries;
}
