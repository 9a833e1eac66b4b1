import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import { type Ask, problemOf } from './call.ts';

/** How tus-js-client speaks with the office, and why the office last said no or nothing. */
export class TusStack implements HttpStack {
  failure: Error | null = null;
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  getName(): string {
    return 'fieldproof';
  }

  createRequest(method: string, url: string): HttpRequest {
    const headers: Record<string, string> = {};
    const ending = new AbortController();
    return {
      getMethod: () => method,
      getURL: () => url,
      setHeader: (name, value) => {
        headers[name] = value;
      },
      getHeader: (name) => headers[name],
      setProgressHandler: () => {},
      send: (body: Blob | null = null) => this.#send(url, { method, headers, body, signal: ending.signal }),
      abort: async () => ending.abort(),
      getUnderlyingObject: () => null,
    };
  }

  async #send(url: string, init: RequestInit): Promise<HttpResponse> {
    this.failure = null;
    try {
      const response = await this.#ask(url, init);
      if (!response.ok) this.failure = await problemOf(response);
      return answerOf(response);
    } catch (error) {
      this.failure = error as Error;
      throw error;
    }
  }
}

function answerOf(response: Response): HttpResponse {
  return {
    getStatus: () => response.status,
    getHeader: (name) => response.headers.get(name) ?? undefined,
    getBody: () => '',
    getUnderlyingObject: () => response,
  };
}
