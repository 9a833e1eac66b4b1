import { Unreachable, unreachable } from './call.ts';

/** A request of lines, packed: the first is its head as JSON, the others go as they are. */
export async function packed(head: unknown, lines: readonly string[]): Promise<RequestInit> {
  const text = [JSON.stringify(head), ...lines].join('\n');
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  const body = await new Response(stream).arrayBuffer();
  return { method: 'POST', headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }, body };
}

/** The values of an answer's lines as they arrive; throws `Unreachable` where it is cut inside a line. */
export async function* valuesOf(response: Response): AsyncGenerator<unknown> {
  let rest = '';
  for await (const text of textsOf(response)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield parsed(line);
  }
  if (rest !== '') yield parsed(rest);
}

async function* textsOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const part = await reader?.read().catch(unreachable);
    if (!part || part.done) return;
    yield part.value;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Unreachable('the answer was cut');
  }
}
