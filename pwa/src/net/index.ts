import { atom, type ReadableAtom } from 'nanostores';
import { signatureStatement } from '../core/chain.ts';
import { isWellformed } from '../core/wellformed.ts';
import type { Ambient } from '../platform/ambient.ts';
import { joinTabs, type Tabs } from '../platform/tabs.ts';
import type { Signature } from '../wire/kinds.ts';
import { type Ask, asksBy, callsBy, json, jsonOf, Refused, unreachable } from './call.ts';
import { keepEntrusted } from './entrusting.ts';
import { lead } from './leading.ts';
import { type Line, signedBy, writerOf } from './line.ts';
import { valuesOf } from './lines.ts';
import { liveLine } from './live.ts';
import type { Device, UnsentWork } from './ports.ts';
import { sentFirst } from './sent_first.ts';
import { type Session, sessionOf } from './session.ts';
import type { Nudge } from './states.ts';
import { type SyncStatus, UNKNOWN } from './status.ts';
import { Syncer } from './syncer.ts';

export { Refused, Unreachable } from './call.ts';
export type { Device, Me } from './ports.ts';
export type { Session } from './session.ts';
export type { SyncState } from './states.ts';
export type { SyncStatus } from './status.ts';

/** The line to the office, as screens use it; docs/client-api.md says how. */
export interface Client {
  readonly session: Session;
  readonly status: ReadableAtom<SyncStatus>;
  /** Sends and fetches now. */
  readonly sync: () => void;
  /** A command, or a read that is no document. Throws `Refused` or `Unreachable`. */
  readonly ask: (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<unknown>;
  /** A command whose body is a file. Throws `Refused` or `Unreachable`. */
  readonly hand: (path: string, file: Blob) => Promise<unknown>;
  /**
   * A command whose body is a file, and whose answer tells line by line how far it is; the signal gives it up.
   *
   * Throws `Refused` or `Unreachable`, also in the midst of it.
   */
  readonly follow: (path: string, file: Blob, signal: AbortSignal) => AsyncIterable<unknown>;
  /** A file that the office makes of a value. Throws `Refused` or `Unreachable`. */
  readonly make: (path: string, body: unknown) => Promise<Blob>;
  /** A file that the office puts together. Throws `Refused` or `Unreachable`. */
  readonly give: (path: string) => Promise<Blob>;
  /** A file that the office has, such as a signature's strokes. Throws `Refused` or `Unreachable`. */
  readonly file: (sha256: string) => Promise<Blob>;
  /** Signs a customer's signature with this device's key (SPEC N3); works without the office. */
  readonly sign: (id: string, fields: Signature) => Promise<string>;
  /**
   * Seals unsent work for the office, without the network (SPEC X1). Throws `Refused` with `device.unknown` where nobody
   * works here, and with `rescue.no_key` before this device ever learned the office's key.
   */
  readonly seal: (work: UnsentWork) => Promise<Blob>;
  readonly stop: () => void;
}

interface Around {
  readonly ambient: Ambient;
  readonly device: Device;
  /** The app's own version. */
  readonly app: string;
  readonly fetch: typeof globalThis.fetch;
  readonly locks: LockManager;
  readonly live: () => EventSource;
  /** Nudges when the network is back and when somebody looks, until the signal. */
  readonly happenings: (nudge: () => void, signal: AbortSignal) => void;
  /** Takes defects. */
  readonly report: (error: unknown) => void;
}

/** What the line needs; all but the first two are the browser's own where they are not given. */
export type Surroundings = Pick<Around, 'ambient' | 'device'> & Partial<Around>;

/** What tabs tell one another. */
type Word = readonly ['status', SyncStatus] | readonly ['nudge', Nudge] | readonly ['what status?'];

/** Begins to keep this device in step with the office, from whichever tab leads. */
export function connect(given: Surroundings): Client {
  const around: Around = { ...BROWSER_S, ...given };
  const ask = asksBy(around.fetch);
  const call = callsBy(ask);
  const { device, ambient } = around;
  const session = sessionOf(device, call);
  const status = atom(UNKNOWN);
  const tabs = joinTabs<Word>('fieldproof-line');
  const ending = new AbortController();
  const nudge = (one: Nudge) => tabs.tell(['nudge', one]);
  const unsentFirst = () => sentFirst(device, () => nudge('retried'));
  /** A command is done once this device has what the office wrote for it: only so it outlives the office (SPEC H7). */
  const commanded = async () => {
    const me = device.person.me.get();
    if (me?.device) await keepEntrusted({ device, call }, me).catch(() => {});
    nudge('poked');
  };
  tabs.listen((word) => word[0] === 'status' && status.set(word[1]));
  tabs.tell(['what status?']);
  lead(around.locks, ending.signal, () => work(around, ask, tabs, status));
  around.happenings(() => nudge('returned'), ending.signal);
  session.renew().catch(() => {});
  return {
    session,
    status,
    sync: () => nudge('retried'),
    async ask(method, path, body) {
      if (method === 'GET') return answered(await call(path, {}));
      await unsentFirst();
      const response = await call(path, json(body ?? {}, method));
      await commanded();
      return answered(response);
    },
    async hand(path, file) {
      await unsentFirst();
      const response = await call(path, asFile(file));
      await commanded();
      return jsonOf(response);
    },
    async *follow(path, file, signal) {
      await unsentFirst();
      yield* valuesOf(await call(path, { ...asFile(file), signal }));
      await commanded();
    },
    make: async (path, body) => fileOf(await call(path, json(body))),
    give: async (path) => fileOf(await call(path)),
    file: async (sha256) => fileOf(await call(`/blobs/${sha256}`)),
    async sign(id, fields) {
      const writer = await writerOf(device);
      if (!writer) throw new Refused('device.unknown', {});
      if (!isWellformed(fields.content ?? '')) throw new RangeError('signed content is written in NFC');
      return signedBy(writer, signatureStatement(id, fields));
    },
    async seal(work) {
      const [writer, contact] = [await writerOf(device), await device.contact.read()];
      if (!writer) throw new Refused('device.unknown', {});
      if (!contact?.rescueKey) throw new Refused('rescue.no_key', {});
      const { sealed } = await import('./rescuing.ts');
      return sealed(writer, work, { at: ambient.now(), contact: { ...contact, rescueKey: contact.rescueKey } });
    },
    stop() {
      ending.abort();
      tabs.close();
    },
  };
}

function fileOf(response: Response): Promise<Blob> {
  return response.blob().catch(unreachable);
}

function answered(response: Response): Promise<unknown> {
  return response.status === 204 ? Promise.resolve(null) : jsonOf(response);
}

function asFile(body: Blob): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body };
}

const BROWSER_S = {
  app: '',
  fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
  locks: navigator.locks,
  live: () => new EventSource('/sync/v1/live'),
  happenings(nudge: () => void, signal: AbortSignal) {
    const looked = () => document.visibilityState === 'visible' && nudge();
    window.addEventListener('online', nudge, { signal });
    document.addEventListener('visibilitychange', looked, { signal });
  },
  report: (error: unknown) => reportError(error),
};

/** The leading tab's part; gives what ends it. */
function work(around: Around, ask: Ask, tabs: Tabs<Word>, status: ReadableAtom<SyncStatus>): () => void {
  const { device, ambient, app, report } = around;
  const tell = (change: Partial<SyncStatus>) => tabs.tell(['status', { ...status.get(), ...change }]);
  const captured = () => syncer.captured;
  const call = callsBy(ask);
  const line: Line = {
    device,
    ambient,
    ask,
    call,
    app,
    report,
    tell,
    captured,
    compareFrom: 0,
    filesIn: '',
    wantedIn: '',
    keptAt: 0,
    keepDue: false,
    receiptKey: '',
  };
  const syncer = new Syncer({ line, live: liveLine(around.live, () => syncer.nudge('poked')) });
  const ends = [
    tabs.listen((word) => word[0] === 'nudge' && syncer.nudge(word[1])),
    tabs.listen((word) => word[0] === 'what status?' && tell({})),
    device.onCapture(() => syncer.nudge('captured')),
    device.person.me.listen(() => syncer.nudge('signed_in')),
    () => syncer.stop(),
  ];
  void remembered(device).then((known) => {
    tell(known);
    syncer.nudge('started');
  });
  return () => {
    for (const end of ends) end();
  };
}

async function remembered({ contact, rows }: Device): Promise<Partial<SyncStatus>> {
  const [last, shown] = [await contact.read(), await rows.pullFrom()];
  return { contactAt: last?.at ?? null, clockOffsetMs: last?.offset ?? 0, first: shown.epochs === null };
}
