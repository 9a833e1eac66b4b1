import type { ReadableAtom } from 'nanostores';
import { createContext } from 'svelte';
import type { Client } from '../../net/index.ts';
import type { Ambient } from '../../platform/ambient.ts';
import type { Me, Store } from '../../store/index.ts';
import { WRITERS } from '../../wire/rights.ts';
import type { Kind, Role } from '../../wire/vocabulary.ts';
import type { Router } from '../route/router.ts';
import type { Contacts } from './contacts.ts';
import type { OfficePaths } from './routes.ts';

/** What every page of the office has at hand. */
export interface Desk {
  readonly store: Store;
  readonly client: Client;
  readonly ambient: Ambient;
  readonly me: Me;
  readonly router: Router<OfficePaths>;
  /** Now, anew every half minute. */
  readonly clock: ReadableAtom<number>;
  /** When each device was last in touch with the server; asked while somebody looks. */
  readonly contacts: ReadableAtom<Contacts>;
  /** How many notices of what was lost and came back wait for a person; nought for whoever may not read them. */
  readonly notices: ReadableAtom<number>;
  /** Says in one line what was done; `undo` takes it back. */
  readonly tell: (message: string, undo?: () => void) => void;
}

export const [getDesk, setDesk] = createContext<Desk>();

/** Whether a person may write anything of a kind by himself; whoever only reads is shown no way to change it. */
export function mayWrite(me: Pick<Me, 'roles'>, kind: Kind): boolean {
  return Object.values<readonly Role[]>(WRITERS[kind]).some((roles) => hasRole(me, ...roles));
}
/** Whether a person may write one field of a kind by himself: a form asks nobody for what would be held. */
export function mayWriteField<K extends Kind>({ roles }: Pick<Me, 'roles'>, kind: K, field: string): boolean {
  const writers: Readonly<Record<string, readonly Role[]>> = WRITERS[kind];
  return hasRole({ roles }, ...(writers[field] ?? []));
}
/** Who writes what a call says of itself: the desk of a unit, not its technicians (schemas/rights.py). */
export const DESK = WRITERS.service_call.proposed_technician;

/** Who merges duplicates (docs/API.md). */
export const MERGERS = ['clerk', 'service_manager', 'branch_manager', 'service_department'] as const;

/** Whether a person has one of these roles. */
export function hasRole({ roles }: Pick<Me, 'roles'>, ...wanted: readonly Role[]): boolean {
  return roles.some((role) => wanted.includes(role));
}
