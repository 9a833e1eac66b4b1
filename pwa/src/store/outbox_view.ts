import type { Code } from '../wire/problems.ts';
import type { Dot } from '../wire/protocol.ts';
import type { BlobRow } from './blobs.ts';
import type { Entry } from './outbox_reading.ts';

/** On this device, on its way, at the office with all its files, or held there for a person to look at. */
export type ItemState = 'attention' | 'sending' | 'pending' | 'delivered';

/** One thing that was captured here, and how far it got. */
export interface OutboxItem {
  readonly id: string;
  readonly about: string;
  /** Key of a text that the screen knows. */
  readonly what: string;
  readonly who: string;
  /** What it says of a person was erased since (ADR 44). */
  readonly erased: boolean;
  readonly state: ItemState;
  /** When it was captured; of delivered ones: when the office had it. */
  readonly at: number;
  /** What has still to go, files included; of delivered ones: what went. */
  readonly bytes: number;
  readonly problem: Code | null;
  readonly operations: readonly Dot[];
  /** Records and files of an item on its way. */
  readonly progress: { readonly done: number; readonly total: number; readonly bytesLeft: number } | null;
}

/** How far a file got that the office does not have: here, on its way, or here and refused. */
export type FileState = 'pending' | 'sending' | 'refused';

export interface OutboxView {
  readonly items: readonly OutboxItem[];
  /** Items that the office does not have completely. */
  readonly unsent: number;
  readonly attention: number;
  readonly bytes: number;
  readonly oldestAt: number | null;
  /** Every file that is here and not at the office, by its SHA-256. */
  readonly files: ReadonlyMap<string, FileState>;
}

/** What is on the wire at this moment. */
export interface OnTheWire {
  readonly actor: string;
  readonly last: number;
  readonly blob: string;
}

/** The files that the office does not have yet, by SHA-256. */
export type WaitingBlobs = ReadonlyMap<string, Pick<BlobRow, 'size' | 'problem'>>;

/** What is known of the files that records name: those that wait, and when the office had the others. */
interface NamedFiles {
  readonly files: WaitingBlobs;
  readonly delivered: ReadonlyMap<string, number>;
}

/** Gathers captured groups into items by their labels; what is delivered stands apart from what is not. */
export function outboxView(
  entries: readonly Entry[],
  { files: waiting, delivered }: NamedFiles,
  wire: Partial<OnTheWire>,
): OutboxView {
  const groups = Map.groupBy(entries, groupId);
  const ends = new Map([...groups].map(([id, group]) => [id, endOf(group, waiting)]));
  const gathered = Map.groupBy(entries, (entry) => itemId(entry, ends.get(groupId(entry)) ?? 'open'));
  const items = [...gathered].map(([id, entriesOf]) => {
    const members = entriesOf as unknown as Members;
    const item = itemOf(id, members, waiting, wire);
    return item.state === 'delivered' ? { ...item, at: deliveredAt(members, delivered) } : item;
  });
  const open = items.filter(({ state }) => state === 'pending' || state === 'sending');
  return {
    items,
    unsent: open.length,
    attention: items.filter(({ state }) => state === 'attention').length,
    bytes: open.reduce((sum, { bytes }) => sum + bytes, 0),
    oldestAt: open.length === 0 ? null : Math.min(...open.map(({ at }) => at)),
    files: new Map([...waiting].map(([blob, { problem }]) => [blob, fileState(blob === wire.blob, problem)])),
  };
}

function fileState(isOnItsWay: boolean, problem: Code | null): FileState {
  if (isOnItsWay) return 'sending';
  return problem ? 'refused' : 'pending';
}

/** A group's members count down to nought: all of them name the place of the last. */
function groupId({ row: { actor, seq, following } }: Entry): string {
  return `${actor} ${seq + following}`;
}

/** How far a group got as a whole: it is not delivered before its last file is. */
type End = 'held' | 'delivered' | 'open';

function endOf(group: readonly Entry[], waiting: WaitingBlobs): End {
  if (group.some(isHeld)) return 'held';
  return group.every((entry) => isDelivered(entry, waiting)) ? 'delivered' : 'open';
}

function itemId({ row: { label } }: Entry, end: End): string {
  return `${label.about}/${label.what}/${end}`;
}

type Members = readonly [Entry, ...Entry[]];

function itemOf(id: string, members: Members, waiting: WaitingBlobs, wire: Partial<OnTheWire>): OutboxItem {
  const state = stateOf(members, waiting, wire);
  const left = bytesLeft(members, waiting);
  return {
    id,
    ...members[0].row.label,
    erased: members.some(({ row }) => row.frame === 1),
    state,
    at: Math.max(...members.map(({ row }) => row.at)),
    bytes: left || members.reduce((sum, { row }) => sum + row.size, 0),
    problem: (members.find(isHeld)?.stamped?.stamp[6] ?? refusal(members, waiting)) as Code | null,
    operations: members.map(({ row }) => [row.actor, row.seq]),
    progress: state === 'sending' ? { ...partsOf(members, waiting), bytesLeft: left } : null,
  };
}

/** When the office had the last of it, files too. */
function deliveredAt(members: Members, delivered: ReadonlyMap<string, number>): number {
  return Math.max(
    ...members.flatMap(({ row, stamped }) => [
      stamped?.acked_at ?? 0,
      ...row.blobs.map((blob) => delivered.get(blob) ?? 0),
    ]),
  );
}

function stateOf(members: Members, waiting: WaitingBlobs, wire: Partial<OnTheWire>): ItemState {
  const end = endOf(members, waiting);
  if (end !== 'open') return end === 'held' ? 'attention' : end;
  return members.some((member) => isOnTheWire(member, wire)) ? 'sending' : 'pending';
}

/** Why the office would not take one of the files. */
function refusal(members: readonly Entry[], waiting: WaitingBlobs): Code | null {
  const problems = members.flatMap(({ row }) => row.blobs.map((blob) => waiting.get(blob)?.problem ?? null));
  return problems.find((problem) => problem !== null) ?? null;
}

function isHeld({ stamped }: Entry): boolean {
  return stamped?.attention === 1;
}

/** Delivered means: the record and every file that it names. */
function isDelivered({ row, stamped }: Entry, waiting: WaitingBlobs): boolean {
  return stamped !== undefined && !row.blobs.some((blob) => waiting.has(blob));
}

function isOnTheWire({ row, stamped }: Entry, { actor, last = 0, blob = '' }: Partial<OnTheWire>): boolean {
  return (row.actor === actor && row.seq <= last && !stamped) || row.blobs.includes(blob);
}

function partsOf(members: readonly Entry[], waiting: WaitingBlobs): { done: number; total: number } {
  const blobs = [...new Set(members.flatMap(({ row }) => row.blobs))];
  const done = members.filter(({ stamped }) => stamped).length + blobs.filter((blob) => !waiting.has(blob)).length;
  return { done, total: members.length + blobs.length };
}

function bytesLeft(members: readonly Entry[], waiting: WaitingBlobs): number {
  const blobs = new Set(members.flatMap(({ row }) => row.blobs));
  const records = members.reduce((sum, { row, stamped }) => sum + (stamped ? 0 : row.size), 0);
  return [...blobs].reduce((sum, blob) => sum + (waiting.get(blob)?.size ?? 0), records);
}
