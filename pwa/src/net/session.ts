import { atom, type ReadableAtom } from 'nanostores';
import { canonicalBytes } from '../core/canonical.ts';
import { isBody } from '../core/guard.ts';
import type { Bodies, SessionReply } from '../wire/bodies.ts';
import type { Code } from '../wire/problems.ts';
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
  /** Asks the office who is signed in: roles may have changed, or the browser cleared what was kept here. */
  readonly renew: () => Promise<void>;
  /** Whether the browser has cleared what this device kept; the office was told. */
  readonly emptied: ReadableAtom<boolean>;
}

export function sessionOf({ person, outbox }: Device, call: Call): Session {
  let fresh: CryptoKeyPair | undefined;
  const { emptied, lookAfter, lookAround } = emptyings(person, call);
  /** People whose device here the office does not know: a restore lost its enrolment. */
  const forgotten = new Set<string>();

  /** Lets the session speak from this browser's device, if it is one that the office still takes. */
  async function meIn(now: SessionReply): Promise<Me> {
    const { challenge, ...who } = now;
    const key = await person.key(who.company, who.user);
    const refusal = key === null || who.device === key.device ? null : await bind(call, challenge, key);
    if (refusal === 'device.unknown') forgotten.add(who.user);
    if (key === null || refusal !== null) return { ...who, device: null, place: null };
    return { ...who, device: key.device, place: key.place };
  }

  return {
    me: person.me,
    emptied,
    async signIn(login, password) {
      if (!person.me.get()) await lookAround();
      const me = await meIn(await replyOf(call('/api/session', json({ login, password }))));
      await person.become(me);
      return me.device ? 'ready' : 'enrol';
    },
    async enrol(name, place) {
      const me = person.me.get();
      if (!me) throw new Refused('session.missing', {});
      const lost = forgotten.has(me.user) ? await person.key(me.company, me.user) : null;
      fresh ??= lost ? lost.keys : await makeDeviceKey();
      // What a lost enrolment wrote is bound to its id and its place.
      const wish = lost ? { name, place: lost.place, device: lost.device } : { name, place };
      const response = await call('/api/devices', json({ ...wish, public_key: await publicPoint(fresh) }));
      const { device } = await shaped('Enrolled', response);
      await person.keepKey({ company: me.company, user: me.user, device, place: wish.place, keys: fresh });
      fresh = undefined;
      forgotten.delete(me.user);
      await person.become({ ...me, device, place: wish.place });
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
      if (!me) return lookAround();
      const now = await replyOf(call('/api/session'));
      await lookAfter(now);
      if (me?.user !== now.user || me.company !== now.company) return;
      const next = await meIn(now);
      if (JSON.stringify(next) !== JSON.stringify(me)) await person.become(next);
    },
  };
}

/** Notices that the browser has cleared what this device kept, and tells the office (SPEC P8). */
function emptyings(person: Device['person'], call: Call) {
  const emptied = atom(false);

  /** The session speaks from a device of which nothing is kept here. */
  async function lookAfter({ company, user, device }: SessionReply): Promise<void> {
    if (device === null || (await person.key(company, user)) !== null) return;
    await call('/api/emptied', json({}));
    emptied.set(true);
  }

  /** Without anybody signed in here there may still be a session of a device. */
  async function lookAround(): Promise<void> {
    if (emptied.get()) return;
    const now = await replyOf(call('/api/session')).catch(unlessOver);
    if (now) await lookAfter(now);
  }

  return { emptied, lookAfter, lookAround };
}

async function replyOf(answer: Promise<Response>): Promise<SessionReply> {
  return shaped('SessionReply', await answer);
}

async function shaped<Name extends keyof Bodies>(name: Name, response: Response): Promise<Bodies[Name]> {
  const value = await jsonOf(response);
  if (!isBody(name, value)) throw new Unreachable('another answer was expected');
  return value;
}

/** Why the office does not take this device any more, so that it has to be enrolled anew; null: it does. */
async function bind(call: Call, challenge: string, { device, keys }: DeviceKey): Promise<Code | null> {
  const signature = await signed(keys, canonicalBytes(['fieldproof-session-1', challenge, device]));
  try {
    await call('/api/session/device', json({ device, signature }));
    return null;
  } catch (error) {
    if (error instanceof Refused && error.code.startsWith('device.')) return error.code;
    throw error;
  }
}

function unlessOver(error: unknown): void {
  if (!(error instanceof Refused) || !OVER.includes(error.code)) throw error;
}

/** There is no session, or none of a device that the office still takes. */
const OVER: readonly Code[] = ['session.missing', 'device.revoked'];
