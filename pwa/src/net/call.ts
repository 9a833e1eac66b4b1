import { isMessage } from '../core/guard.ts';
import { CODE, type Code } from '../wire/problems.ts';
import type { Messages } from '../wire/protocol.ts';

/** No network, no office, or an answer that is not the office's (a hotel's sign-in page, a broken proxy). */
export class Unreachable extends Error {}

/** The office answered with a problem; its sentence stands in wire/sentences. */
export class Refused extends Error {
  constructor(
    readonly code: Code,
    readonly facts: Readonly<Record<string, unknown>>,
  ) {
    super(code);
  }
}

/** Asks the office; throws `Unreachable` or `Refused`, and gives every other answer. */
export type Call = (path: string, init?: RequestInit) => Promise<Response>;

/** Asks the office and gives whatever it answers, problems too; throws `Unreachable`. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 120_000;

/** Asks by a `fetch`; an answer that takes longer than two minutes is given up, a pull goes on where it was. */
export function asksBy(fetch: typeof globalThis.fetch): Ask {
  return (path, { signal, ...init } = {}) => {
    const given = signal ? [signal] : [];
    return fetch(path, { ...init, signal: AbortSignal.any([...given, AbortSignal.timeout(TIMEOUT_MS)]) }).catch(
      unreachable,
    );
  };
}

export function callsBy(ask: Ask): Call {
  return async (path, init) => {
    const response = await ask(path, init);
    if (!response.ok) throw await problemOf(response);
    return response;
  };
}

/** Sends a value as JSON. */
export function json(body: unknown, method: 'POST' | 'PUT' = 'POST'): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** The JSON of an answer; throws `Unreachable` if it is none. */
export async function jsonOf(response: Response): Promise<unknown> {
  return response.json().catch(unreachable);
}

/** The message that an answer holds; throws `Unreachable` if it holds another. */
export async function messageOf<Name extends keyof Messages>(response: Response, name: Name): Promise<Messages[Name]> {
  const value = await jsonOf(response);
  if (!isMessage(name, value)) throw new Unreachable(`no ${name}`);
  return value;
}

export function unreachable(cause: unknown): never {
  throw new Unreachable('the office did not answer', { cause });
}

/** What an answer says no with: `Refused`, or `Unreachable` where it is not the office's. */
export async function problemOf(response: Response): Promise<Error> {
  const value: unknown = await response.json().catch(() => null);
  const { code, facts } = Object(value) as { code?: unknown; facts?: unknown };
  const known = CODE.find((one) => one === code);
  return known ? new Refused(known, Object(facts) as Refused['facts']) : new Unreachable(`status ${response.status}`);
}
