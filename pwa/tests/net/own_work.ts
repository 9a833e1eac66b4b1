import type { Entrusted, EntrustedPage, GivenBack, TakenBack } from '../../src/wire/protocol.ts';
import { Problem } from './answers.ts';

/** What a fake office wrote itself and entrusts to devices (SPEC H7); it survives its restores, unless a test clears it. */
export class OwnWork {
  /** By the position at which it was written. */
  readonly groups = new Map<number, Entrusted>();
  /** What devices brought back. */
  readonly givenBack: Entrusted[] = [];
  /** How many groups one answer holds. */
  atOnce = 1_000;

  answer(
    { epoch, position }: { readonly epoch: string; readonly position: number },
    markAt: (position: number) => string,
    query: URLSearchParams,
    { method, body }: RequestInit,
  ): Response {
    if (method === 'POST') return this.#takeBack(JSON.parse(String(body)));
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

  #takeBack({ groups }: GivenBack): Response {
    if (groups.some(({ first }) => first === this.unwanted)) throw new Problem('request.malformed');
    this.givenBack.push(...groups);
    return Response.json({ operations: groups.length, unproven: 0 } satisfies TakenBack);
  }
}

function positionOf(mark: string | null): number {
  return (JSON.parse(mark ?? '{}') as { position: number }).position;
}
