import type { Entrusted, EntrustedPage, GivenBack, TakenBack } from '../../src/wire/protocol.ts';
import { Problem } from './answers.ts';

/** What a fake office entrusts to devices (SPEC H2, H7); it survives its restores, unless a test clears it. */
export class OwnWork {
  /** By the position at which it was written. */
  readonly groups = new Map<number, Entrusted>();
  /** What devices brought back. */
  readonly givenBack: Entrusted[] = [];
  /** How far the office has the chains of other devices. */
  readonly chains = new Map<string, number>();
  /** How many groups one answer holds. */
  atOnce = 1_000;

  answer(
    { epoch, position }: { readonly epoch: string; readonly position: number },
    markAt: (position: number) => string,
    query: URLSearchParams,
    { method, body }: RequestInit,
  ): Response {
    if (method === 'POST') return this.#takeBack(JSON.parse(String(body)), () => markAt(position));
    const after = query.has('mark') ? positionOf(query.get('mark')) : position;
    const behind = [...this.groups].filter(([at]) => after < at && at <= position);
    const told = behind.slice(0, this.atOnce);
    const more = told.length < behind.length;
    const reached = more ? (told.at(-1)?.[0] ?? 0) : position;
    const groups = told.map(([, group]) => group);
    return Response.json({ epoch, more, mark: markAt(reached), groups } satisfies EntrustedPage);
  }

  /** The first number of a group that makes every request malformed that it is in. */
  unwanted = 0;

  /** Marks that came along with what was brought back. */
  readonly marks: string[] = [];

  #takeBack({ groups, mark }: GivenBack, end: () => string): Response {
    if (mark) this.marks.push(mark);
    if (groups.some(({ first }) => first === this.unwanted)) throw new Problem('request.malformed');
    this.givenBack.push(...groups);
    const ofDevices = groups.filter(({ actor }) => actor.device !== 'server');
    for (const { actor, first, operations } of ofDevices) {
      const end = this.chains.get(actor.actor) ?? 0;
      if (first === end + 1) this.chains.set(actor.actor, end + operations.length);
    }
    const reached = ofDevices.map(({ actor }) => [actor.actor, this.chains.get(actor.actor) ?? 0] as const);
    return Response.json({ operations: groups.length, unproven: 0, reached, mark: end() } satisfies TakenBack);
  }
}

function positionOf(mark: string | null): number {
  return (JSON.parse(mark ?? '{}') as { position: number }).position;
}
