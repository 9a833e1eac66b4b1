import type { GoneFiles } from '../../src/wire/protocol.ts';
import { Problem } from './answers.ts';

/** What an office wants of a device's files, and what that said of them (SPEC P9). */
export class WantedFiles {
  /** Null: it is an office of before, which does not ask. */
  names: readonly string[] | null = [];
  readonly gone: string[] = [];

  answer(path: string, { body }: RequestInit): Response {
    if (path === '/sync/v1/files/wanted' && this.names) return Response.json({ files: this.names });
    if (path !== '/sync/v1/files/gone') throw new Problem('request.not_found');
    this.gone.push(...(JSON.parse(String(body)) as GoneFiles).files);
    return new Response(null, { status: 204 });
  }
}
