import { afterEach, expect } from 'vitest';
import type { SyncStatus } from '../../src/net/index.ts';
import { type Client, connect } from '../../src/net/index.ts';
import { isWorking } from '../../src/net/states.ts';
import type { DiskStore } from '../../src/store/index.ts';
import { browser, until } from '../store/world.ts';
import { FakeOffice } from './office.ts';

const stopping: Client[] = [];
const defects: unknown[] = [];
afterEach(() => {
  for (const client of stopping.splice(0)) client.stop();
  expect(defects.splice(0)).toEqual([]);
});

/** One tab of a browser with its line to an office. */
export interface Tab {
  readonly store: DiskStore;
  readonly client: Client;
  /** What the office would say over the live line. */
  readonly poke: () => void;
  /** The network is back, or somebody looks. */
  readonly look: () => void;
  /** The tab dies: nothing is told to anybody. */
  readonly kill: () => Promise<void>;
}

export type Fetch = typeof globalThis.fetch;

/** A browser with its own disk and locks; `tab` opens it and connects, `real` with a live line of its own. */
export function deviceOf(fetch: Fetch, at = browser(), real?: () => EventSource) {
  const locks = memoryLocks();
  const tab = async (): Promise<Tab> => {
    const store = await at.tab();
    const pokes = new Set<() => void>();
    const live = () => ({
      readyState: 1,
      close: () => pokes.clear(),
      addEventListener: (_: string, one: () => void) => pokes.add(one),
    });
    let look = () => {};
    const client = connect({
      ambient: at.ambient,
      device: store.device,
      app: 'test',
      fetch,
      locks,
      live: real ?? (live as unknown as () => EventSource),
      happenings: (nudge) => {
        look = nudge;
      },
      report: (error) => defects.push(error),
    });
    stopping.push(client);
    const poke = () => {
      for (const one of pokes) one();
    };
    const kill = () => {
      client.stop();
      return store.close();
    };
    return { store, client, poke, look: () => look(), kill };
  };
  return { ...at, tab };
}

/** A technician's phone, signed in, enrolled and in step with a fake office. */
export async function technician(prepare: (office: FakeOffice) => void = () => {}, waits = true) {
  const at = browser();
  const office = new FakeOffice(at.ambient.now);
  prepare(office);
  const device = deviceOf(office.fetch, at);
  const phone = await device.tab();
  await phone.client.session.signIn('technician-one', 'secret');
  await phone.client.session.enrol('Pixel', 'field');
  if (waits) await inStep(phone.client);
  return { ...device, office, phone };
}

/** When the line rests again. */
export function atRest({ status }: Client): Promise<SyncStatus> {
  return until(status, ({ state }) => !isWorking(state));
}

/** When everything went and came. */
export function inStep({ status }: Client): Promise<SyncStatus> {
  return until(status, ({ state, contactAt }) => state === 'idle' && contactAt !== null);
}

/** Web Locks of one browser: exclusive, in the order of asking. */
export function memoryLocks(): LockManager {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, { signal }: LockOptions, work: () => Promise<void>) => {
    const mine = last.then(() => (signal?.aborted ? undefined : work()));
    last = mine;
    return mine;
  };
  return { request } as unknown as LockManager;
}

/** Captures what the technician found at one visit; several together are one group. */
export function captureFault({ store }: Pick<Tab, 'store'>, ...faults: readonly string[]): Promise<void> {
  const edits = faults.map((fault) => ({ kind: 'service_visit', id: 'visit-0001', fields: { fault } }) as const);
  return store.capture(edits, { about: 'visit-0001', what: 'visit.fault', who: '陳美惠' });
}

/** What an office has of them, in the order of its actors' chains. */
export function faultsReceived(office: FakeOffice): unknown[] {
  const visits = office.received.filter(([kind]) => kind === 'service_visit');
  return visits.map(([, , fields]) => (fields as { fault?: unknown }).fault);
}
