import { type Code, STATUS } from '../../src/wire/problems.ts';
import type { PullLine, PullRange } from '../../src/wire/protocol.ts';

/** What the office answers with instead of an answer. */
export class Problem extends Error {
  constructor(
    readonly code: Code,
    readonly facts: Record<string, unknown> = {},
  ) {
    super(code);
  }
}

/** The first line and the others of a packed request. */
export async function unpacked<Head>({ body }: RequestInit): Promise<[Head, string[]]> {
  const plain = new Blob([body as ArrayBuffer]).stream().pipeThrough(new DecompressionStream('gzip'));
  const [head = '', ...lines] = (await new Response(plain).text()).split('\n');
  return [JSON.parse(head) as Head, lines];
}

export function problemResponse(error: unknown): Response {
  if (!(error instanceof Problem)) throw error;
  const { code, facts } = error;
  return Response.json({ code, status: STATUS[code], facts }, { status: STATUS[code] });
}

export function linesOf(lines: Iterable<PullLine | PullRange>): Response {
  return new Response([...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
}
