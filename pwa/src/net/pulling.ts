import { rowsOf } from '../core/columns.ts';
import { isMessage } from '../core/guard.ts';
import { SCHEMA } from '../wire/limits.ts';
import type { Code } from '../wire/problems.ts';
import type {
  PullColumns,
  PullEnd,
  PullForget,
  PullHeader,
  PullLine,
  PullParts,
  PullPut,
  PullResume,
  PullWhole,
} from '../wire/protocol.ts';
import { Refused, Unreachable } from './call.ts';
import { keepWhatIsNew } from './entrusting.ts';
import { heard } from './hello.ts';
import type { Line, Writer } from './line.ts';
import { valuesOf } from './lines.ts';
import type { Me, PullHeaderFacts, Ready, Rows } from './ports.ts';
import { repair } from './repairing.ts';
import type { Outcome } from './states.ts';

type Settled = Readonly<Record<string, number>>;

/**
 * Brings the rows up to date and shows them all at once (SPEC L1 to L3).
 *
 * What was staged when a download was cut is kept, and the next pull goes on behind it. Rows that do not add up to the
 * office's digest are mended (SPEC F6); pending work is not touched.
 */
export async function pull(line: Line, writer: Writer): Promise<Outcome> {
  const { me } = writer;
  const { rows, outbox } = line.device;
  const settled = await outbox.acknowledged();
  const digest = await pullAll(line, me, settled, true).catch((error: unknown) => {
    if (!(error instanceof Refused) || !UNKNOWN.includes(error.code)) throw error;
    return rows.startOver().then(() => pullAll(line, me, settled, false));
  });
  if (digest) await compare(line, me, settled, digest);
  await heard(line);
  await keepWhatIsNew(line, writer);
  return 'done';
}

/**
 * Compares what is shown with what the office says it should be, and mends it.
 *
 * It reads every row, milliseconds on a phone and seconds on the computer of a large office: so it is done again once
 * it took a hundredth of the time. Who had to mend waits for the next hello: whatever is wrong with a digest, no device
 * fetches everything again with each poke.
 */
async function compare(line: Line, me: Me, settled: Settled, digest: string): Promise<void> {
  const { ambient, device } = line;
  const begun = ambient.now();
  if (digest === (await device.rows.digest())) {
    const now = ambient.now();
    line.compareFrom = now + COMPARING_PAUSE * Math.max(0, now - begun);
    return;
  }
  await mend(line, me, settled);
  line.compareFrom = Infinity;
}

/** After a comparison there is none for so many times as long as it took. */
const COMPARING_PAUSE = 100;

/** Brings rows that do not add up back in step: what differs is fetched again, or everything if that does not help. */
async function mend(line: Line, me: Me, settled: Settled): Promise<void> {
  const { rows } = line.device;
  try {
    await repair(line, me);
    const digest = await pullAll(line, me, settled, false);
    if (digest === (await rows.digest())) return;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  await rows.startOver();
  await pullAll(line, me, settled, false);
}

/** Where the office cannot go on from: it begins at nought, row by row. */
const UNKNOWN: readonly Code[] = ['sync.cursor', 'sync.part'];

/**
 * Pulls page after page, shows them together, and gives the office's digest if it was asked for.
 *
 * From nought it takes what lies ready at the office first, if it may (SPEC L7).
 */
async function pullAll(line: Line, me: Me, settled: Settled, mayTakeParts: boolean): Promise<string | null> {
  const { rows } = line.device;
  const page = new Page(rows, me, line.tell, !Object.values(settled).some((acked) => acked > 0));
  for (;;) {
    const { cursor, ready } = await rows.pullFrom();
    const [address] = ready?.addresses ?? [];
    if (ready && address) {
      await page.part(await line.call(address), ready);
      continue;
    }
    const [, next, , more, digest] = await page.read(await line.call(pullAddress(line, cursor, mayTakeParts)));
    if (!more) {
      await page.show(next, settled);
      return digest ?? null;
    }
    await page.stage(next);
  }
}

function pullAddress({ ambient, compareFrom }: Line, cursor: string | null, mayTakeParts: boolean): string {
  const query = new URLSearchParams({ schema: String(SCHEMA) });
  if (cursor !== null) query.set('cursor', cursor);
  else if (mayTakeParts) query.set('parts', 'true');
  if (ambient.now() >= compareFrom) query.set('digest', 'true');
  return `/sync/v1/pull?${query}`;
}

/** What has come since the last place to go on from. */
class Page {
  readonly #rows: Rows;
  readonly #me: Me;
  readonly #tell: Line['tell'];
  #header: PullHeaderFacts | undefined;
  #lines: Array<PullPut | PullForget> = [];
  #ready: Ready | null = null;
  #end: PullEnd | undefined;
  #whole: PullWhole | undefined;
  #count = 0;

  readonly #take: { readonly [One in PullLine as One[0]]: (line: One) => Promise<void> | void } = {
    header: ([, epoch, lineage, replace]: PullHeader) => {
      this.#header = { epoch, lineage, replace };
    },
    put: (line: PullPut) => void this.#lines.push(line),
    forget: (line: PullForget) => void this.#lines.push(line),
    columns: (line: PullColumns) => void this.#lines.push(...rowsOf(line)),
    parts: ([, addresses, today]: PullParts) => {
      this.#ready = { addresses, today: this.mayShowEarly ? today : 0 };
    },
    whole: (line: PullWhole) => {
      this.#whole = line;
    },
    resume: ([, cursor]: PullResume) => this.stage(cursor),
    end: (line: PullEnd) => {
      this.#end = line;
    },
  };

  /** `mayShowEarly`: no work of the person's own could be laid over rows that have it already (SPEC V2). */
  constructor(
    rows: Rows,
    me: Me,
    tell: Line['tell'],
    readonly mayShowEarly: boolean,
  ) {
    this.#rows = rows;
    this.#me = me;
    this.#tell = tell;
  }

  /** Takes an answer in to its end; throws `Unreachable` where it is cut. */
  async read(response: Response): Promise<PullEnd> {
    this.#end = undefined;
    await this.#takeAll(response);
    if (!this.#end) throw new Unreachable('the pull was cut');
    return this.#end;
  }

  /** Puts aside the first of the parts that have still to come; throws `Unreachable` where it is cut. */
  async part(response: Response, { addresses, today }: Ready): Promise<void> {
    this.#whole = undefined;
    await this.#takeAll(response);
    if (this.#whole?.[1] !== this.#lines.length) throw new Unreachable('the part was cut');
    const left = { addresses: addresses.slice(1), today: Math.max(0, today - 1) };
    if (await this.#rows.stagePart(this.#lines, left, this.#me)) this.#tell({ first: false });
    this.#countIn();
  }

  async #takeAll(response: Response): Promise<void> {
    for await (const value of valuesOf(response)) {
      const line = pullLine(value);
      if (line) await (this.#take[line[0]] as (line: PullLine) => Promise<void> | void)(line);
    }
  }

  /** Puts aside what has come; what follows adds to it. */
  async stage(cursor: string): Promise<void> {
    const header = this.#known();
    await this.#rows.stage(header, this.#lines, cursor, this.#ready, this.#me);
    this.#countIn();
    this.#ready = null;
    this.#header = { ...header, replace: false };
  }

  #countIn(): void {
    this.#count += this.#lines.length;
    this.#tell({ received: this.#count });
    this.#lines = [];
  }

  async show(cursor: string, settled: Settled): Promise<void> {
    await this.#rows.show(this.#known(), this.#lines, cursor, settled, this.#me);
    this.#tell({ first: false, received: 0 });
  }

  #known(): PullHeaderFacts {
    if (!this.#header) throw new Unreachable('a pull without a header');
    return this.#header;
  }
}

/** Null: a line that only a newer version knows. Throws `Unreachable` for a broken one. */
function pullLine(value: unknown): PullLine | null {
  if (isMessage('PullLine', value)) return value;
  if (Array.isArray(value) && typeof value[0] === 'string' && !KNOWN.includes(value[0])) return null;
  throw new Unreachable('no line of a pull');
}

const KNOWN: readonly string[] = [
  'header',
  'put',
  'forget',
  'resume',
  'parts',
  'columns',
  'whole',
  'end',
] satisfies PullLine[0][];
