import type { Fetch } from '../device.ts';
import type { OfficeProcess } from './office_process.ts';

/** A browser's `fetch` with its cookies; `between` sees each answer before the app does. */
export function browserFetch(office: OfficeProcess): { readonly fetch: Fetch; between: (path: string) => void } {
  const cookies = new Map<string, string>();
  const browser = {
    between: (_path: string) => {},
    async fetch(path: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(office.address + String(path), { ...init, headers: { ...init.headers, cookie } });
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        cookies.set(name, value);
      }
      browser.between(String(path));
      return response;
    },
  };
  return browser;
}

/** What the app uses of `EventSource`, over a browser's fetch. */
export function eventSource(fetch: Fetch): EventSource {
  const hearers = new Map<string, () => void>();
  const ending = new AbortController();
  const source = {
    readyState: 0,
    addEventListener: (event: string, hear: () => void) => hearers.set(event, hear),
    close() {
      source.readyState = 2;
      ending.abort();
    },
  };
  const listen = async () => {
    const response = await fetch('/sync/v1/live', { signal: ending.signal });
    source.readyState = response.ok ? 1 : 2;
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      for (const [, event = ''] of text.matchAll(/^event: (\w+)/gm)) hearers.get(event)?.();
    }
  };
  listen().catch(() => source.close());
  return source as unknown as EventSource;
}
