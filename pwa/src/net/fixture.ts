import { atom } from 'nanostores';
import type { Client, Me } from './index.ts';
import { type SyncStatus, UNKNOWN } from './status.ts';

/** What a fixture's office answers, by method and path (`POST /api/calls/1/close`); nothing else is there. */
export type FixtureAnswers = Readonly<Record<string, unknown>>;

/** A line that leads nowhere, for the gallery and for tests of screens: every sign-in and command succeeds at once. */
export function fixtureClient(me: Me | null, status: Partial<SyncStatus> = {}, answers: FixtureAnswers = {}): Client {
  const person = atom<Me | null | undefined>(me);
  return {
    session: {
      me: person,
      async signIn() {
        person.set(me);
        return me?.device ? 'ready' : 'enrol';
      },
      async enrol(name, place) {
        if (me) person.set({ ...me, device: name, place });
      },
      async signOut() {
        person.set(null);
        return 'done';
      },
      wiped: atom(null),
      async wipe() {
        person.set(null);
        return 'done';
      },
      renew: async () => {},
      emptied: atom(false),
    },
    status: atom({ ...UNKNOWN, ...status }),
    sync: () => {},
    ask: async (method, path) => answers[`${method} ${path}`] ?? null,
    hand: async (path) => answers[`POST ${path}`] ?? null,
    async *follow(path) {
      yield* (answers[`POST ${path}`] ?? []) as Iterable<unknown>;
    },
    make: async () => new Blob(),
    give: async () => new Blob(),
    async file(sha256) {
      const text = String(answers[`GET /blobs/${sha256}`] ?? '');
      return new Blob([text], { type: text.startsWith('<svg') ? 'image/svg+xml' : '' });
    },
    sign: async () => '',
    seal: async () => new Blob(),
    stop: () => {},
  };
}
