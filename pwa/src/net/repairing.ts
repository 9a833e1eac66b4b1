import { isMessage } from '../core/guard.ts';
import { SCHEMA } from '../wire/limits.ts';
import type { PullForget, PullPut, PullRange } from '../wire/protocol.ts';
import { json, Unreachable } from './call.ts';
import type { Line } from './line.ts';
import { valuesOf } from './lines.ts';
import type { Me, Unlike } from './ports.ts';

/**
 * Fetches again what differs from the office, range by range, and puts it aside for the next pull to show (SPEC F6).
 *
 * Throws `Refused` where the office does not know the place from which this device would go on.
 */
export async function repair(line: Line, me: Me): Promise<void> {
  const { rows } = line.device;
  const { cursor } = await rows.pullFrom();
  if (cursor === null) return;
  const place = new URLSearchParams({ schema: String(SCHEMA), cursor });
  const unlike = await rows.unlike(await linesOf(line, `/sync/v1/ranges?${place}`, 'PullRange'));
  const lines: (PullPut | PullForget)[] = [];
  for (const range of unlike) lines.push(...(await linesFor(line, place, range)));
  await line.call('/sync/v1/repaired', json({ ranges: unlike.length, rows: lines.length }));
  await rows.stageRepair(lines, me);
}

/** The office's rows of a range, and what else this device has in it. */
async function linesFor(line: Line, place: URLSearchParams, { after, until, keys }: Unlike) {
  const query = new URLSearchParams([...place, ['after', String(after)], ['until', String(until)]]);
  const puts = await linesOf(line, `/sync/v1/rows?${query}`, 'PullPut');
  const there = new Set(puts.map(([, kind, id]) => `${kind}/${id}`));
  const gone = keys.filter(([kind, id]) => !there.has(`${kind}/${id}`));
  return [...gone.map(([kind, id]): PullForget => ['forget', kind, [id]]), ...puts];
}

async function linesOf(line: Line, address: string, name: 'PullRange'): Promise<PullRange[]>;
async function linesOf(line: Line, address: string, name: 'PullPut'): Promise<PullPut[]>;
async function linesOf(line: Line, address: string, name: 'PullRange' | 'PullPut'): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const value of valuesOf(await line.call(address))) {
    if (!isMessage(name, value)) throw new Unreachable(`no ${name}`);
    found.push(value);
  }
  return found;
}
