import type { Client } from '../../net/index.ts';
import type { Quarantine } from '../../wire/bodies.ts';

/** The last work of stopped devices, the newest quarantine of each. */
export async function readQuarantines(client: Client): Promise<ReadonlyMap<string, Quarantine>> {
  const every = ((await client.ask('GET', '/api/quarantines')) ?? []) as readonly Quarantine[];
  return new Map(every.map((each) => [each.device, each]));
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
