import { canonicalText } from '../../src/core/canonical.ts';
import { fold } from '../../src/core/document.ts';
import { lineageOf, type Position } from '../../src/core/lineage.ts';
import { hasRivals, shown } from '../../src/core/register.ts';
import { effectiveAt } from '../../src/core/stamping.ts';
import type { Past, StampedOperation } from '../../src/core/write.ts';
import { MERGE_RULES } from '../../src/wire/merge_rules.ts';
import type { Dot, EpochLink } from '../../src/wire/protocol.ts';
import type { Place } from '../../src/wire/vocabulary.ts';

export const RULES = MERGE_RULES.service_visit;
export type Field = keyof typeof RULES;

/** What somebody wrote, and the truth about it: the writes that he really had in view. */
export interface Draft {
  readonly at: number;
  readonly base: Position;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly resolve: boolean;
  readonly over: Readonly<Record<string, readonly Dot[]>>;
  readonly sight: ReadonlySet<Draft>;
  readonly following: number;
}

export interface Admitted {
  readonly draft: Draft;
  readonly operation: StampedOperation;
}

/** The document as it was pulled: all that it was made of, and its position. */
interface View {
  readonly admitted: readonly Admitted[];
  readonly position: Position;
}

export interface Device {
  readonly place: Place;
  readonly skewMs: number;
  actor: string;
  epoch: string;
  /** Everything that this actor wrote, acknowledged or not, in order. */
  chain: readonly Draft[];
  /** What it wrote under earlier names, oldest first. */
  past: readonly Draft[];
  /** Acknowledged operations with their stamps, to be offered again after a restore. */
  stamped: readonly Admitted[];
  view: View;
  form: View | null;
}

/** One document of one company: a server that gives positions, and its epochs. */
export interface Server {
  readonly epoch: string;
  readonly links: readonly EpochLink[];
  readonly position: number;
  readonly admitted: readonly Admitted[];
  readonly chains: ReadonlyMap<string, readonly Draft[]>;
  readonly ancestry: ReadonlyMap<string, readonly [string, number]>;
}

const NEW: Server = {
  epoch: 'epoch-0',
  links: [['epoch-0', null, 0]],
  position: 0,
  admitted: [],
  chains: new Map(),
  ancestry: new Map(),
};

/** Everybody who plays, and the time. */
export class World {
  server = NEW;
  backup: Server | null = null;
  now = 1_000_000;
  /** How many actors and epochs were named anew: as long as none was, everything seen is known to have been seen. */
  names = 0;
  readonly devices: Device[];
  readonly kept = new Map<number, Device>();

  constructor(places: readonly Place[]) {
    const view: View = { admitted: [], position: [0, NEW.epoch] };
    this.devices = places.map((place, i) => {
      const actor = `actor-${i}`;
      const skewMs = (i - 1) * 40_000;
      return { place, skewMs, actor, epoch: NEW.epoch, chain: [], past: [], stamped: [], view, form: null };
    });
  }

  past(): Past {
    return { lineage: lineageOf(this.server.links), ancestry: this.server.ancestry };
  }

  /** Writes a group from the form that was opened, or from the row as it stands on the device. */
  write(device: Device, values: readonly Readonly<Record<string, unknown>>[], resolve = false): void {
    const form = device.form ?? device.view;
    device.form = null;
    const drafts = values.map((fields, i) => ({
      at: this.now + device.skewMs,
      base: form.position,
      fields,
      resolve,
      over: this.overOf(form, fields),
      sight: new Set(form.admitted.map((each) => each.draft)),
      following: values.length - 1 - i,
    }));
    device.chain = [...device.chain, ...drafts];
  }

  /** For fields that showed rivals, the writes whose value was shown (SPEC W4). */
  private overOf(form: View, fields: Readonly<Record<string, unknown>>): Record<string, Dot[]> {
    const document = fold(
      this.past(),
      form.admitted.map((each) => each.operation),
    );
    const named = Object.keys(fields).flatMap((field) => {
      const register = document.registers.get(field) ?? [];
      if (!hasRivals(register)) return [];
      const value = canonicalText(shown(register, RULES[field as Field]).value);
      const over = register.filter((write) => canonicalText(write.value) === value).map((write) => write.origin.dot);
      return [[field, over] as const];
    });
    return Object.fromEntries(named);
  }

  /** Lets a device push what it has: under a new name if its epoch is over or its chain forked (SPEC A3). */
  push(device: Device, answerLost = false): void {
    const closed = device.epoch !== this.server.epoch;
    if (closed) this.offer(device);
    const known = this.server.chains.get(device.actor) ?? [];
    const common = commonSeq(device.chain, known);
    if (closed || common < known.length) this.rename(device, common);
    this.admit(device);
    if (!answerLost) device.stamped = this.server.admitted.filter((each) => isOf(device, each.draft));
  }

  private rename(device: Device, common: number): void {
    this.names += 1;
    const [parent, actor] = [device.actor, `${device.actor}-${this.names}`];
    const ancestry = new Map([...this.server.ancestry, [actor, [parent, common]]]);
    this.server = { ...this.server, ancestry };
    device.past = [...device.past, ...device.chain.slice(0, common)];
    device.chain = device.chain.slice(common);
    Object.assign(device, { actor, epoch: this.server.epoch });
  }

  /** Takes what the device's chain has more than the server's. */
  private admit(device: Device): void {
    const chain = this.server.chains.get(device.actor) ?? [];
    for (const draft of device.chain.slice(chain.length)) this.append(device.actor, draft, this.stamped(device, draft));
  }

  private stamped(device: Device, draft: Draft): StampedOperation {
    const { server } = this;
    const chain = server.chains.get(device.actor) ?? [];
    const position = server.position + (chain.at(-1)?.following ? 0 : 1);
    const origin = {
      dot: [device.actor, chain.length + 1] as const,
      positions: [[position, server.epoch]] as const,
      base: draft.base,
      author: device.actor,
      place: device.place,
      effectiveAt: effectiveAt(draft.at, -device.skewMs, 0, this.now),
    };
    return { origin, fields: draft.fields, resolve: draft.resolve, over: draft.over };
  }

  private append(actor: string, draft: Draft, operation: StampedOperation): void {
    const { server } = this;
    this.server = {
      ...server,
      position: operation.origin.positions.at(-1)?.[0] ?? server.position,
      admitted: [...server.admitted, { draft, operation }],
      chains: new Map([...server.chains, [actor, [...(server.chains.get(actor) ?? []), draft]]]),
    };
  }

  /** Gives back what an older server copy no longer has; each operation keeps its stamp and gets one more position (H1). */
  private offer(device: Device): void {
    const has = new Set(this.server.admitted.map((each) => each.draft));
    for (const { draft, operation } of device.stamped.filter((each) => !has.has(each.draft))) {
      const again = [this.server.position + 1, this.server.epoch] as const;
      const origin = { ...operation.origin, positions: [...operation.origin.positions, again] };
      this.append(origin.dot[0], draft, { ...operation, origin });
    }
  }

  pull(device: Device): void {
    const last = Math.max(
      0,
      ...this.server.admitted.map(({ operation }) => operation.origin.positions.at(-1)?.[0] ?? 0),
    );
    device.view = { admitted: this.server.admitted, position: [last, this.server.epoch] };
  }

  /** Puts the server back to its backup: a new epoch begins before any write (SPEC E3). */
  restore(): void {
    if (this.backup === null) return;
    this.names += 1;
    const { backup } = this;
    const epoch = `epoch-${this.names}`;
    const ancestry = new Map([...backup.ancestry, ...this.server.ancestry]);
    this.server = { ...backup, epoch, links: [...backup.links, [epoch, backup.epoch, backup.position]], ancestry };
    this.backup = null;
  }
}

function isOf(device: Device, draft: Draft): boolean {
  return device.chain.includes(draft) || device.past.includes(draft);
}

function commonSeq(chain: readonly Draft[], known: readonly Draft[]): number {
  const differs = known.findIndex((draft, i) => chain[i] !== draft);
  return differs === -1 ? Math.min(chain.length, known.length) : differs;
}
