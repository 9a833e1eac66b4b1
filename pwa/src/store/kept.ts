import type { Acting } from '../wire/bodies.ts';
import type { Place, Role } from '../wire/vocabulary.ts';
import type { ErasedDoc } from './erased_rows.ts';
import { answer, transact } from './idb.ts';
import type { Seen } from './seen.ts';

/** Who is signed in, as the office last said; known without it. */
export interface Me {
  readonly user: string;
  readonly name: string;
  readonly company: string;
  readonly company_name: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  /** The roles that end by themselves, and those that are still to come (ADR 41). */
  readonly acting?: readonly Acting[] | undefined;
  /** This browser as a device of that person; null until it is enrolled. */
  readonly device: string | null;
  readonly place: Place | null;
}

/** What was known of the office at the last contact. */
export interface Contact {
  readonly at: number;
  /** Office time minus device time. */
  readonly offset: number;
  /** The public key to which unsent work is sealed that a person carries to the office. */
  readonly rescueKey?: string;
}

/** What a form held when it was last touched, and what the person had before his eyes. */
export interface Draft<Input> {
  readonly seen: Seen | null;
  readonly input: Input;
}

/** Whom this browser forgot, or is about to, and when by its clock. */
export interface Leaver {
  readonly company: string;
  readonly user: string;
  readonly name: string;
  readonly at: number;
}

/** A code as it is kept: never itself, and with the wrong tries since the last right one. */
export interface PinRecord {
  readonly salt: string;
  /** PBKDF2 (RFC 8018) of the digits, base64url. */
  readonly hash: string;
  readonly wrong: number;
}

/** The codes of everybody who works on this device, by `company/user`. */
export type PinRecords = Readonly<Record<string, PinRecord>>;

interface Kept {
  readonly me: Me | null;
  readonly contact: Contact;
  readonly wiping: Leaver;
  readonly wiped: Leaver | null;
  readonly pins: PinRecords;
  /** Erasures of which this browser may still keep something beside its rows. */
  readonly erasing: readonly ErasedDoc[];
}

/** One of the few things that this browser remembers beside documents. */
export function recall<Name extends keyof Kept>(rows: IDBDatabase, name: Name): Promise<Kept[Name] | undefined> {
  return transact(rows, ['kept'], 'readonly', (transaction) => answer(transaction.objectStore('kept').get(name)));
}

export function remember<Name extends keyof Kept>(rows: IDBDatabase, name: Name, value: Kept[Name]): Promise<void> {
  return transact(rows, ['kept'], 'readwrite', async (transaction) => {
    transaction.objectStore('kept').put(value, name);
  });
}

/** A person's drafts, by the keys that screens give them. */
export interface Drafts {
  readonly keep: <Input>(key: string, draft: Draft<Input>) => Promise<void>;
  /** Null: there is none, begin afresh. */
  readonly read: <Input>(key: string) => Promise<Draft<Input> | null>;
  readonly drop: (key: string) => Promise<void>;
}

/** The drafts of whoever is signed in; nobody sees another's. */
export function draftsOf(rows: IDBDatabase, user: () => string): Drafts {
  const act = <T>(mode: IDBTransactionMode, to: (drafts: IDBObjectStore) => Promise<T>) =>
    transact(rows, ['drafts'], mode, (transaction) => to(transaction.objectStore('drafts')));
  return {
    keep: (key, draft) =>
      act('readwrite', async (drafts) => {
        drafts.put(draft, [user(), key]);
      }),
    read: <Input>(key: string) =>
      act(
        'readonly',
        async (drafts) => ((await answer(drafts.get([user(), key]))) as Draft<Input> | undefined) ?? null,
      ),
    drop: (key) =>
      act('readwrite', async (drafts) => {
        drafts.delete([user(), key]);
      }),
  };
}
