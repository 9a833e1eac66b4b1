import { canonicalBytes } from '../../src/core/canonical.ts';
import {
  extend,
  genesis,
  link,
  pushStatement,
  receiptStatement,
  stampLink,
  stampsDigest,
} from '../../src/core/chain.ts';
import { combine } from '../../src/core/digest.ts';
import { read } from '../../src/core/reading.ts';
import { fromBase64Url, toBase64Url } from '../../src/platform/base64url.ts';
import { MAX_HELLO_HEADS, MAX_HELLO_MARKS, OLDEST_SCHEMA, SCHEMA } from '../../src/wire/limits.ts';
import type { Code } from '../../src/wire/problems.ts';
import type {
  ActorRecord,
  EpochLink,
  Hello,
  HelloReply,
  PullLine,
  PushHead,
  PushReply,
  Receipt,
  ReOfferHead,
  Stamp,
} from '../../src/wire/protocol.ts';
import { linesOf, Problem, problemResponse, unpacked } from './answers.ts';
import { OwnWork } from './own_work.ts';
import { digestOf, rangesOf, rowsBetween } from './ranges.ts';
import { ReadyParts } from './ready_parts.ts';
import { WantedFiles } from './wanted_files.ts';

const DOOR = '/sync/v1/quarantine/';

/** What the office has of one operation. */
interface Logged {
  readonly text: string;
  readonly head: string;
  readonly stamp: Stamp;
}

interface Actor {
  readonly record: ActorRecord;
  readonly log: readonly Logged[];
}

interface Row {
  readonly position: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Everything that a backup holds; never changed in place, so that keeping it is taking one. */
interface Log {
  readonly epoch: string;
  readonly lineage: readonly EpochLink[];
  readonly position: number;
  readonly incarnations: Readonly<Record<string, number>>;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly rows: ReadonlyMap<string, Row>;
}

/** A place in the log as one start of the office gave it out. */
interface Mark {
  readonly incarnation: string;
  readonly epoch: string;
  readonly position: number;
}

interface Upload {
  readonly sha256: string;
  readonly length: number;
  come: Uint8Array;
}

interface Person {
  readonly user: string;
  readonly company: string;
  device: string | null;
}

/**
 * An office written from sync/SPEC.md for one company and one person, as far as a device's faults need it.
 *
 * It checks chains and signatures as the real one does, and merges by letting the later write win. A test breaks it
 * through its public fields.
 */
export class FakeOffice {
  log: Log = {
    epoch: 'epoch-one',
    lineage: [['epoch-one', null, 0]],
    position: 0,
    incarnations: { 'start-1': Number.MAX_SAFE_INTEGER },
    actors: new Map(),
    rows: new Map(),
  };
  readonly blobs = new Map<string, Uint8Array>();
  /** Files that have not arrived whole. */
  readonly uploads = new Map<string, Upload>();
  /** How many bytes of each part arrive. */
  breaksAfter = Infinity;
  /** Why a file is not taken in, by its name. */
  readonly refused = new Map<string, Code>();
  #begun = 0;
  readonly requests: string[] = [];
  /** The first line of every push that reached it. */
  readonly pushes: PushHead[] = [];
  /** The official numbers that hellos told. */
  readonly numbers: string[] = [];
  /** Chains of other devices that somebody said he took over. */
  readonly tookOver = new Set<string>();
  /** Devices of which a browser said that it kept nothing. */
  readonly emptied: string[] = [];
  /** Called with each request before it is answered; throwing breaks it off with nothing done, a `Problem` is told. */
  before: (path: string, body: RequestInit['body']) => void | Promise<void> = () => {};
  /** Called with each answer; throwing loses it after everything was done. */
  after: (path: string, response: Response) => Response | Promise<Response> = (_, response) => response;
  /** Why an operation is held, by its kind. */
  readonly held = new Map<string, Code>();
  /** Whether the digest is told wrong, so many times. */
  wrongDigests = 0;
  pageSize = 1_000;
  resumeEvery = 200;
  session: Person | null = null;
  revoked = false;
  /** What is told at the door of a log that was put back. */
  putBack: Readonly<Record<string, unknown>> = {};
  outdated = false;
  /** The revoked device said that it has nothing left: nothing new is taken from it any more. */
  quarantineOver = false;
  /** How far its clock is ahead of the device's. */
  ahead = 0;
  readonly ready = new ReadyParts();
  readonly own = new OwnWork();
  readonly files = new WantedFiles();
  readonly #keys = new Map<string, CryptoKey>();
  #incarnation = 'start-1';
  #starts = 1;

  /** The key pair of its receipts; another one is another installation. */
  receiptKeys = crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

  constructor(readonly now: () => number) {}

  /** `fetch` for a browser that talks to this office. */
  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const [path = '', query = ''] = String(input).split('?');
    this.requests.push(`${init.method ?? 'GET'} ${path}`);
    const response = await this.#answer(path, new URLSearchParams(query), init).catch(problemResponse);
    return this.after(path, response);
  };

  /** A copy of everything, as a backup has it. */
  backup(): Log {
    return { ...this.log, incarnations: { ...this.log.incarnations, [this.#incarnation]: this.log.position } };
  }

  /** Starts again from a backup; only a device's mark can tell that time was lost. */
  restore(backup: Log): void {
    this.#starts += 1;
    this.#incarnation = `start-${this.#starts}`;
    this.log = { ...backup, incarnations: { ...backup.incarnations, [this.#incarnation]: Number.MAX_SAFE_INTEGER } };
  }

  /** Writes a document as somebody in the office. */
  write(kind: string, id: string, fields: Record<string, unknown>): void {
    this.#commit([[kind, id, fields]]);
  }

  /** Takes a document out of the person's sight. */
  forget(kind: string, id: string): void {
    this.log = { ...this.log, rows: new Map([...this.log.rows].filter(([key]) => key !== `${kind}/${id}`)) };
    this.gone.push([kind, id]);
  }
  readonly gone: Array<readonly [kind: string, id: string]> = [];

  /** Everything that it has of its actors, oldest first: [kind, doc, fields]. */
  get received(): Array<readonly [string, string, unknown]> {
    const every = [...this.log.actors.values()].flatMap(({ log }) => log);
    return every.map(({ text }) => JSON.parse(text)).map((operation) => [operation[1], operation[2], operation[6]]);
  }

  async #answer(path: string, query: URLSearchParams, init: RequestInit): Promise<Response> {
    await this.before(path, init.body);
    return path.startsWith(DOOR) ? this.#atTheDoor(path, query, init) : this.#toSession(path, query, init);
  }

  async #toSession(path: string, query: URLSearchParams, init: RequestInit): Promise<Response> {
    if (path === '/api/session' && init.method === 'POST') return this.#signIn(JSON.parse(String(init.body)));
    if (!this.session) throw new Problem('session.missing');
    if (this.revoked) throw new Problem('device.revoked');
    if (path.startsWith('/api/')) return this.#account(path, init);
    if (!this.session.device) throw new Problem('device.unknown');
    if (path.startsWith('/blobs/')) return this.#blob(path.slice(7));
    if (path.startsWith('/uploads')) return this.#upload(path.slice(9), init);
    return this.#exchange(path, query, init);
  }

  /** What a stopped device hands in: held, answered, and counted as one quarantine. */
  async #atTheDoor(path: string, query: URLSearchParams, init: RequestInit): Promise<Response> {
    const body = new Uint8Array(await new Response(init.body ?? null).arrayBuffer());
    const said = new Headers(init.headers).get('fieldproof-device') ?? '';
    const [company = '', device = '', signature = ''] = said.split('.');
    const asked = ['fieldproof-quarantine-1', company, device, init.method, path, link(body)];
    await this.#check(device, signature, canonicalBytes(asked));
    if (!this.revoked) throw new Problem('device.not_revoked', this.putBack);
    const session = this.session;
    this.session = { user: 'technician-one', company, device };
    try {
      const usual = path.replace('/quarantine', '');
      const isFile = usual.startsWith('/sync/v1/blobs/');
      return await (isFile ? this.#put(usual.slice(15), body) : this.#exchange(usual, query, { ...init, body }));
    } finally {
      this.session = session;
    }
  }

  async #account(path: string, init: RequestInit): Promise<Response> {
    if (path === '/api/emptied') {
      this.emptied.push(this.session?.device ?? '');
      return new Response(null, { status: 204 });
    }
    if (path === '/api/devices') return this.#enrol(JSON.parse(String(init.body)));
    if (path === '/api/session/device') return this.#bind(JSON.parse(String(init.body)));
    if (init.method !== 'DELETE') return Response.json(this.#sessionReply());
    this.session = null;
    return new Response(null, { status: 204 });
  }

  async #exchange(path: string, query: URLSearchParams, init: RequestInit): Promise<Response> {
    if (path === '/sync/v1/hello')
      return Response.json(await this.#hello(await new Response(init.body ?? null).json()));
    if (path === '/sync/v1/push') return Response.json(await this.#push(await unpacked(init)));
    if (path === '/sync/v1/offer') return Response.json(await this.#offer(await unpacked(init)));
    if (path === '/sync/v1/pull') return linesOf(this.#page(query));
    if (path.startsWith('/sync/v1/parts/')) return linesOf(this.ready.part(path));
    if (path === '/sync/v1/entrusted') this.#refuseLost(query.get('mark'));
    if (path === '/sync/v1/entrusted')
      return this.own.answer(this.log, (position) => this.#mark(position), query, init);
    return this.#mend(path, query, init);
  }

  #mend(path: string, query: URLSearchParams, init: RequestInit): Response {
    if (path === '/sync/v1/ranges') return linesOf(rangesOf(this.log.rows, this.log.position));
    if (path === '/sync/v1/rows') return linesOf(rowsBetween(this.log.rows, query));
    if (path !== '/sync/v1/repaired') return this.files.answer(path, init);
    this.repaired.push(JSON.parse(String(init.body)));
    return new Response(null, { status: 204 });
  }

  #signIn({ login }: { login: string }): Response {
    this.session = { user: login, company: 'company-one', device: null };
    return Response.json(this.#sessionReply());
  }

  #sessionReply() {
    const who = {
      name: '陳志明',
      company_name: '板橋電器',
      unit: 'unit-banqiao',
      roles: ['technician'],
      challenge: 'abc',
    };
    return { ...this.session, ...who };
  }

  /** A restore lost every enrolment. */
  forgetDevices(): void {
    this.#keys.clear();
    this.session = null;
  }

  async #enrol({ public_key, device: lost }: { public_key: string; device?: string }): Promise<Response> {
    const device = lost ?? `device-${this.#keys.size + 1}`;
    const point = fromBase64Url(public_key);
    this.#keys.set(device, await crypto.subtle.importKey('raw', point, P256, true, ['verify']));
    if (this.session) this.session.device = device;
    this.revoked = false;
    return Response.json({ device }, { status: 201 });
  }

  async #bind({ device, signature }: { device: string; signature: string }): Promise<Response> {
    if (!this.#keys.has(device)) throw new Problem('device.unknown');
    await this.#check(device, signature, canonicalBytes(['fieldproof-session-1', 'abc', device]));
    if (this.session) this.session.device = device;
    return new Response(null, { status: 204 });
  }

  async #check(device: string, signature: string, statement: Uint8Array<ArrayBuffer>): Promise<void> {
    const key = this.#keys.get(device);
    const bytes = fromBase64Url(signature);
    if (!key || !(await crypto.subtle.verify(P256, key, bytes, statement))) throw new Problem('device.signature');
  }

  #deeds(pending: number, last: number, log: readonly Logged[]): readonly 'wipe'[] {
    if (!this.revoked || pending > 0 || log.length < last) return [];
    this.quarantineOver = true;
    return ['wipe'];
  }

  async #hello({
    actor: record,
    last_seq,
    chain_head,
    pending,
    marks = [],
    heads = [],
    numbers = [],
    took_over,
  }: Hello): Promise<HelloReply> {
    if (took_over) this.tookOver.add(took_over);
    this.numbers.push(...numbers);
    this.#checkHello(record, marks.length, heads.length);
    if (marks.some((mark) => this.#isLater(mark))) this.#beginEpoch();
    const known = this.log.actors.get(record.actor) ?? { record, log: [] };
    if (record.epoch === this.log.epoch) this.#keep(known);
    const offered = new Map([...heads, [last_seq, chain_head] as const]);
    const equal = [...offered]
      .filter(([seq, head]) => seq > 0 && known.log[seq - 1]?.head === head)
      .map(([seq]) => seq);
    return {
      epoch: this.log.epoch,
      lineage: this.log.lineage,
      acked_seq: known.log.length,
      head: known.log.at(-1)?.head ?? genesis(record),
      common_seq: Math.max(0, ...equal),
      actor_state: record.epoch === this.log.epoch ? 'open' : 'closed',
      deeds: this.#deeds(pending, last_seq, known.log),
      proto_range: [1, 1],
      schema_range: [OLDEST_SCHEMA, SCHEMA],
      scope_version: 'scope',
      server_time: this.now() + this.ahead,
      receipt_key: toBase64Url(
        new Uint8Array(await crypto.subtle.exportKey('raw', (await this.receiptKeys).publicKey)),
      ),
    };
  }

  #checkHello({ device }: ActorRecord, marks: number, heads: number): void {
    if (marks > MAX_HELLO_MARKS || heads > MAX_HELLO_HEADS) throw new Problem('request.too_large');
    if (this.outdated) throw new Problem('sync.protocol');
    if (device !== this.session?.device) throw new Problem('device.wrong');
  }

  /** A place that this log has lost without knowing it is for hello, which begins another epoch upon it. */
  #refuseLost(token: string | null): void {
    const isOfThisEpoch = token !== null && markIn(token)?.epoch === this.log.epoch;
    if (isOfThisEpoch && this.#isLater(token)) throw new Problem('sync.epoch', { epoch: this.log.epoch });
  }

  #isLater(token: string): boolean {
    const mark = markIn(token);
    const settled = mark?.epoch !== this.log.epoch && this.log.lineage.some(([epoch]) => epoch === mark?.epoch);
    return mark !== undefined && !settled && mark.position > (this.log.incarnations[mark.incarnation] ?? -1);
  }

  #beginEpoch(): void {
    const epoch = `epoch-of-${this.#incarnation}`;
    this.log = { ...this.log, epoch, lineage: [...this.log.lineage, [epoch, this.log.epoch, this.log.position]] };
  }

  #mark(position: number): string {
    return JSON.stringify({ incarnation: this.#incarnation, epoch: this.log.epoch, position } satisfies Mark);
  }

  #keep(actor: Actor): void {
    this.log = { ...this.log, actors: new Map(this.log.actors).set(actor.record.actor, actor) };
  }

  async #push([head, texts]: [PushHead, string[]]): Promise<PushReply> {
    this.pushes.push(head);
    const actor = this.log.actors.get(head.actor);
    if (!actor) throw new Problem('sync.actor');
    const acked = actor.log.length;
    const isClosed = actor.record.epoch !== this.log.epoch;
    if (isClosed && head.first + texts.length - 1 > acked) throw new Problem('sync.epoch', { epoch: this.log.epoch });
    if (head.first > acked + 1) throw new Problem('sync.gap', { need_from: acked + 1 });
    this.#checkQuarantine(head.first + texts.length - 1 > acked);
    const heads = headsOf(head.prev, texts);
    const differs = heads.some((one, place) => (actor.log[head.first - 1 + place]?.head ?? one) !== one);
    if (differs || headBefore(actor, head.first) !== head.prev) throw new Problem('sync.fork');
    const last = head.first + texts.length - 1;
    await this.#check(actor.record.device, head.signature, pushStatement(head.actor, last, heads.at(-1) ?? ''));
    const sent = texts.map((text, place) => [text, heads[place] ?? ''] as const);
    const fresh = sent.slice(acked - head.first + 1).map(([text, one]) => this.#logged(text, one));
    const now = { ...actor, log: [...actor.log, ...fresh] };
    this.#keep(now);
    return this.#pushReply(now, head.first, now.log.slice(head.first - 1, last));
  }

  #checkQuarantine(isNew: boolean): void {
    if (isNew && this.quarantineOver) throw new Problem('device.quarantine_over');
  }

  async #pushReply({ record, log }: Actor, first: number, pushed: readonly Logged[]): Promise<PushReply> {
    const stamps = pushed.map(({ stamp }) => stamp);
    const receipt: Receipt = {
      company: record.company,
      actor: record.actor,
      first,
      seq: first + pushed.length - 1,
      head: pushed.at(-1)?.head ?? '',
      stamps: stampsDigest(stamps.map(stampLink)),
      epoch: this.log.epoch,
      position: this.log.position,
      at: this.now(),
      signature: '',
    };
    const { privateKey } = await this.receiptKeys;
    const signature = await crypto.subtle.sign('Ed25519', privateKey, receiptStatement(receipt));
    return {
      acked_seq: log.length,
      head: log.at(-1)?.head ?? '',
      epoch: this.log.epoch,
      stamps,
      results: pushed.flatMap(({ stamp }, place) =>
        stamp[4] === 'held' ? [[place, 'held', stamp[6] ?? null] as const] : [],
      ),
      mark: this.#mark(this.log.position),
      receipt: { ...receipt, signature: toBase64Url(new Uint8Array(signature)) },
    };
  }

  /** One operation at the end of the log; each is a commit of its own, groups are not told apart here. */
  #logged(text: string, head: string): Logged {
    const { operation, fault } = read(new TextEncoder().encode(text));
    const stopped = this.revoked ? 'operation.quarantine' : null;
    const problem = fault ?? this.held.get(operation?.[1] ?? '') ?? stopped;
    this.#commit(operation && !problem ? [[operation[1], operation[2], operation[6]]] : []);
    const verdict = problem ? 'held' : 'applied';
    return {
      text,
      head,
      stamp: [this.log.epoch, this.log.position, this.now(), this.now(), verdict, 'technician', problem],
    };
  }

  #commit(writes: ReadonlyArray<readonly [string, string, Readonly<Record<string, unknown>>]>): void {
    const position = this.log.position + 1;
    const rows = new Map(this.log.rows);
    for (const [kind, id, fields] of writes) {
      const known = rows.get(`${kind}/${id}`)?.fields ?? {};
      rows.delete(`${kind}/${id}`);
      rows.set(`${kind}/${id}`, { position, fields: { ...known, ...fields } });
    }
    this.log = { ...this.log, position, rows };
  }

  async #offer([head, texts]: [ReOfferHead, string[]]) {
    const actor = this.log.actors.get(head.actor.actor) ?? { record: head.actor, log: [] };
    if (head.first > actor.log.length + 1) throw new Problem('sync.gap');
    if (headBefore(actor, head.first) !== head.prev || texts.length !== head.stamps.length)
      throw new Problem('sync.re_offer');
    const heads = headsOf(head.prev, texts, new Map(head.frames?.map(([seq, hash]) => [seq - head.first, hash])));
    const last = head.first + texts.length - 1;
    await this.#check(head.actor.device, head.signature, pushStatement(head.actor.actor, last, heads.at(-1) ?? ''));
    const proven = await this.#proven(head, heads);
    const behind = actor.log.length - head.first + 1;
    const lost = texts
      .slice(behind)
      .map((text, place) =>
        this.#readmitted(text, heads[behind + place] ?? '', proven.get(head.first + behind + place)),
      );
    const now = { ...actor, log: [...actor.log, ...lost] };
    this.#keep(now);
    return this.#pushReply(now, head.first, now.log.slice(head.first - 1, last));
  }

  /** The stamps that this office signed for, by seq. */
  async #proven(
    { actor, first, stamps, receipts }: ReOfferHead,
    heads: readonly string[],
  ): Promise<Map<number, Stamp>> {
    const { publicKey } = await this.receiptKeys;
    const proven = new Map<number, Stamp>();
    for (const receipt of receipts) {
      const stretch = stamps.slice(receipt.first - first, receipt.seq - first + 1);
      const same = receipt.actor === actor.actor && receipt.head === heads[receipt.seq - first];
      const signature = fromBase64Url(receipt.signature);
      const signed = crypto.subtle.verify('Ed25519', publicKey, signature, receiptStatement(receipt));
      if (!same || stampsDigest(stretch.map(stampLink)) !== receipt.stamps || !(await signed)) continue;
      for (const [place, stamp] of stretch.entries()) proven.set(receipt.first + place, stamp);
    }
    return proven;
  }

  #readmitted(text: string, head: string, stamp: Stamp | undefined): Logged {
    if (!stamp) return this.#logged(text, head);
    const [, kind, id, , , , fields] = JSON.parse(text);
    this.#commit([[kind, id, fields]]);
    return { text, head, stamp };
  }

  #page(query: URLSearchParams): Generator<PullLine> {
    return this.ready.today && query.get('parts') === 'true' ? this.#firstSync() : this.#pull(query);
  }

  *#firstSync(): Generator<PullLine> {
    yield ['header', this.log.epoch, this.log.lineage, true, this.now()];
    yield this.ready.make(this.log.rows);
    if (this.ready.isNamedWhole) yield ['end', this.#mark(this.log.position), this.log.position, true];
  }

  *#pull(query: URLSearchParams): Generator<PullLine> {
    const after = this.#after(query.get('cursor'));
    const behind = [...this.log.rows].filter(([, { position }]) => position > (after ?? 0));
    const page = behind.slice(0, this.pageSize);
    const more = page.length < behind.length;
    yield ['header', this.#incarnation, this.log.lineage, after === null, this.now()];
    for (const [place, [key, { position, fields }]] of page.entries()) {
      yield ['put', ...(key.split('/') as [string, string]), position, fields];
      if ((place + 1) % this.resumeEvery === 0) yield ['resume', this.#mark(position)];
    }
    for (const [kind, id] of this.gone.splice(0)) yield ['forget', kind, [id]];
    const reached = page.at(-1)?.[1].position ?? 0;
    const digest = query.get('digest') === 'true' && !more ? this.#digest() : null;
    yield ['end', this.#mark(more ? reached : this.log.position), this.log.position, more, digest];
  }

  /** Behind which position a cursor asks; null: begin at nought and replace. */
  #after(cursor: string | null): number | null {
    if (cursor === null) return null;
    const mark = markIn(cursor);
    if (!mark) throw new Problem('sync.cursor');
    this.#refuseLost(cursor);
    return mark.epoch === this.log.epoch ? mark.position : null;
  }

  /** What devices said that they had mended. */
  readonly repaired: unknown[] = [];

  #digest(): string {
    if (this.wrongDigests-- > 0) return 'f'.repeat(64);
    return combine([...this.log.rows].map(([key, row]) => digestOf(key, row)));
  }

  #put(name: string, bytes: Uint8Array): Response {
    if (link(bytes.slice()) !== name) throw new Problem('blob.hash');
    this.blobs.set(name, bytes);
    return new Response(null, { status: 204 });
  }

  #blob(name: string): Response {
    const bytes = this.blobs.get(name);
    if (!bytes) throw new Problem('blob.missing');
    return new Response(new Blob([bytes.slice()]));
  }

  async #upload(name: string, { method, headers = {}, body }: RequestInit): Promise<Response> {
    const said = new Headers(headers);
    if (said.get('tus-resumable') !== '1.0.0') throw new Problem('upload.version');
    if (method === 'POST') return this.#beginUpload(said);
    const upload = this.uploads.get(name);
    if (!upload) throw new Problem('upload.missing');
    if (method === 'PATCH')
      await this.#add(name, upload, Number(said.get('upload-offset')), new Response(body ?? null));
    const told = { 'upload-offset': String(upload.come.length), 'upload-length': String(upload.length) };
    return new Response(null, { status: method === 'PATCH' ? 204 : 200, headers: told });
  }

  async #add(name: string, upload: Upload, offset: number, body: Response): Promise<void> {
    if (offset !== upload.come.length) throw new Problem('upload.offset');
    const part = new Uint8Array(await body.arrayBuffer());
    upload.come = new Uint8Array([...upload.come, ...part.slice(0, this.breaksAfter)]);
    if (upload.come.length === upload.length) this.#settle(name, upload);
  }

  #beginUpload(said: Headers): Response {
    const sha256 = atob(said.get('upload-metadata')?.split(' ')[1] ?? '');
    const name = `upload-${++this.#begun}`;
    this.uploads.set(name, { sha256, length: Number(said.get('upload-length')), come: new Uint8Array() });
    return new Response(null, { status: 201, headers: { location: `/uploads/${name}` } });
  }

  #settle(name: string, { sha256, come }: Upload): void {
    this.uploads.delete(name);
    if (link(come) !== sha256) throw new Problem('blob.hash');
    const refused = this.refused.get(sha256);
    if (refused) throw new Problem(refused);
    this.blobs.set(sha256, come);
  }
}

function markIn(token: string): Mark | undefined {
  return token.startsWith('{') ? (JSON.parse(token) as Mark) : undefined;
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

function headsOf(prev: string, texts: readonly string[], sent: ReadonlyMap<number, string> = new Map()): string[] {
  let head = prev;
  return texts.map((text, place) => {
    head = extend(head, sent.get(place) ?? link(new TextEncoder().encode(text)));
    return head;
  });
}

function headBefore({ record, log }: Actor, first: number): string {
  return first === 1 ? genesis(record) : (log[first - 2]?.head ?? '');
}
