import type { ReadableAtom } from 'nanostores';
import { canonicalBytes } from '../core/canonical.ts';
import { isBody } from '../core/guard.ts';
import type { Bodies, SessionReply } from '../wire/bodies.ts';
import type { Place } from '../wire/vocabulary.ts';
import { type Call, json, jsonOf, Refused, Unreachable } from './call.ts';
import { makeDeviceKey, publicPoint, signed } from './device_key.ts';
import type { Device, DeviceKey, Leaver, Me } from './ports.ts';

/** Who is signed in, and how that changes. */
export interface Session {
  /** Known without the office; null: nobody, undefined: not read yet. */
  readonly me: ReadableAtom<Me | null | undefined>;
  /** `enrol`: this browser is no device of that person yet. Throws `Refused` or `Unreachable`. */
  readonly signIn: (login: string, password: string) => Promise<'ready' | 'enrol'>;
  /** Makes this browser a device of whoever is signed in. Throws `Refused` or `Unreachable`. */
  readonly enrol: (name: string, place: Place) => Promise<void>;
  /** `unsent`: refused, there is work that neither the office nor an export file has (SPEC V5). */
  readonly signOut: () => Promise<'done' | 'unsent'>;
  /** Whom this browser forgot because he or his device was stopped; null once somebody signs in. */
  readonly wiped: ReadableAtom<Leaver | null>;
  /** Forgets whoever is signed in here, and his work; `unsent`: some of it neither the office nor an export file has. */
  readonly wipe: () => Promise<'done' | 'unsent'>;
  /** Asks the office who is signed in: roles may have changed. */
  readonly renew: () => Promise<void>;
}

export function sessionOf({ person, outbox }: Device, call: Call): Session {
  let fresh: CryptoKeyPair | undefined;

  /** Lets the session speak from this browser's device, if it is one that the office still takes. */
  async function meIn(now: SessionReply): Promise<Me> {
    const { challenge, ...who } = now;
    const key = await person.key(who.company, who.user);
    const bound = key !== null && (who.device === key.device || (await bind(call, challenge, key)));
    return { ...who, device: bound ? key.device : null, place: bound ? key.place : null };
  }

  return {
    me: person.me,
    async signIn(login, password) {
      const me = await meIn(await replyOf(call('/api/session', json({ login, password }))));
      await person.become(me);
      return me.device ? 'ready' : 'enrol';
    },
    async enrol(name, place) {
      const me = person.me.get();
      if (!me) throw new Refused('session.missing', {});
      fresh ??= await makeDeviceKey();
      const response = await call('/api/devices', json({ name, place, public_key: await publicPoint(fresh) }));
      const { device } = await shaped('Enrolled', response);
      await person.keepKey({ company: me.company, user: me.user, device, place, keys: fresh });
      fresh = undefined;
      await person.become({ ...me, device, place });
    },
    async signOut() {
      if ((await outbox.unsafe()) > 0) return 'unsent';
      await call('/api/session', { method: 'DELETE' }).catch(unlessOver);
      await person.become(null);
      return 'done';
    },
    wiped: person.wiped,
    async wipe() {
      if ((await outbox.unsafe()) > 0) return 'unsent';
      return (await person.wipe()) ? 'done' : 'unsent';
    },
    async renew() {
      const me = person.me.get();
      const now = await replyOf(call('/api/session'));
      if (me?.user !== now.user || me.company !== now.company) return;
      const next = await meIn(now);
      if (JSON.stringify(next) !== JSON.stringify(me)) await person.become(next);
    },
  };
}

async function replyOf(answer: Promise<Response>): Promise<SessionReply> {
  return shaped('SessionReply', await answer);
}

async function shaped<Name extends keyof Bodies>(name: Name, response: Response): Promise<Bodies[Name]> {
  const value = await jsonOf(response);
  if (!isBody(name, value)) throw new Unreachable('another answer was expected');
  return value;
}

/** False: the office does not take this device any more; it has to be enrolled anew. */
async function bind(call: Call, challenge: string, { device, keys }: DeviceKey): Promise<boolean> {
  const signature = await signed(keys, canonicalBytes(['fieldproof-session-1', challenge, device]));
  try {
    await call('/api/session/device', json({ device, signature }));
    return true;
  } catch (error) {
    if (error instanceof Refused && error.code.startsWith('device.')) return false;
    throw error;
  }
}

function unlessOver(error: unknown): void {
  if (!(error instanceof Refused) || error.code !== 'session.missing') throw error;
}
