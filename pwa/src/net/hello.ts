import { MAX_HELLO_NUMBERS, PROTOCOL, SCHEMA } from '../wire/limits.ts';
import type { ActorRecord, Hello, HelloReply } from '../wire/protocol.ts';
import { json, messageOf } from './call.ts';
import type { Line } from './line.ts';
import type { Device } from './ports.ts';

/** A chain as far as a hello speaks of it. */
export interface Greeter {
  readonly record: ActorRecord;
  readonly last_seq: number;
  readonly head: string;
  readonly took_over?: string;
}

/** Says hello for one chain (SPEC P1) and measures how far this clock is from the office's. */
export async function sayHello(line: Line, greeter: Greeter, heads: Hello['heads'] = []): Promise<HelloReply> {
  const { ambient, device, app } = line;
  const pending = await device.outbox.pending();
  const marks = await marksOf(line, greeter);
  const now = ambient.now();
  const hello: Hello = {
    actor: greeter.record,
    last_seq: greeter.last_seq,
    chain_head: greeter.head,
    proto: PROTOCOL,
    schema: SCHEMA,
    app,
    now,
    pending: pending.count,
    oldest_pending_at: pending.oldestAt,
    marks,
    heads,
    numbers: await numbersOf(line, greeter),
    ...(greeter.took_over !== undefined && { took_over: greeter.took_over }),
  };
  const reply = await messageOf(await line.call('/sync/v1/hello', json(hello)), 'HelloReply');
  line.receiptKey = reply.receipt_key;
  await measure(line, reply, now);
  return reply;
}

/** The office has just answered: what screens say of the last contact holds from now. */
export async function heard({ device, ambient, tell }: Line): Promise<void> {
  const at = ambient.now();
  const known = (await device.contact.read()) ?? { offset: 0 };
  await device.contact.keep({ ...known, at });
  tell({ contactAt: at });
}

/** The office's clock stood at its `server_time` somewhere between `sent` and now. */
async function measure({ device, ambient, tell }: Line, reply: HelloReply, sent: number): Promise<void> {
  const at = ambient.now();
  const offset = Math.round(reply.server_time - (sent + at) / 2);
  await device.contact.keep({ at, offset, ...(reply.rescue_key && { rescueKey: reply.rescue_key }) });
  tell({ contactAt: at, clockOffsetMs: offset, restoredAt: null });
}

/** What an office of a new epoch may have forgotten that it gave out: told while the rows are still of the one before. */
async function numbersOf({ device: { rows } }: Line, { record }: Greeter): Promise<readonly string[]> {
  const { epochs } = await rows.pullFrom();
  if (epochs === null || epochs.includes(record.epoch)) return [];
  return (await rows.highestNumbers()).slice(0, MAX_HELLO_NUMBERS);
}

/** Of so many chains before this one the newest mark is told. */
const CHAINS_BEFORE = 4;

/**
 * Marks of what was read in the chain's own epoch, for what an older one promised was settled when the new one began;
 * and of what was written, a re-offer's too: no push that follows on another chain says that it is still there (SPEC E3).
 */
async function marksOf({ device }: Line, { record }: Greeter): Promise<string[]> {
  const { cursor, epochs } = await device.rows.pullFrom();
  const reached = await device.entrusted.reached();
  const marks = [
    await device.outbox.newestMark(record.actor),
    ...(await marksBefore(device, record)),
    epochs?.includes(record.epoch) ? cursor : null,
    reached?.epoch === record.epoch ? reached.mark : null,
    reached?.proof?.epoch === record.epoch ? reached.proof.mark : null,
  ];
  return marks.filter((one) => one !== null);
}

async function marksBefore({ outbox }: Device, { actor, device }: ActorRecord): Promise<string[]> {
  const own = (await outbox.chains()).map(({ record }) => record).filter((record) => record.device === device);
  const place = own.findIndex((record) => record.actor === actor);
  const before = place === -1 ? own : own.slice(0, place);
  const marks: string[] = [];
  for (const { actor: older } of before.toReversed()) {
    if (marks.length === CHAINS_BEFORE) break;
    const mark = await outbox.newestMark(older);
    if (mark) marks.push(mark);
  }
  return marks;
}
