import type { Client } from '../../net/index.ts';
import { lasts } from '../../rules/grants.ts';
import { isLogin } from '../../rules/visible.ts';
import type { Doc, Me } from '../../store/index.ts';
import { ROLE, type Role } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';

/** One account, as `GET /api/accounts` tells the admin. */
export interface Account {
  readonly user: string;
  readonly login: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  readonly deactivated: boolean;
}

export async function readAccounts(client: Client): Promise<readonly Account[]> {
  const accounts = ((await client.ask('GET', '/api/accounts')) ?? []) as readonly Account[];
  return accounts.toSorted((one, other) => rankOf(one) - rankOf(other) || byUnit(one, other));
}

/** Who cannot sign in since a restore needs somebody to do something; who was stopped stands last. */
function rankOf({ deactivated, login }: Account): number {
  return deactivated ? 2 : Number(login !== '');
}

function byUnit(one: Account, other: Account): number {
  return one.unit === other.unit ? one.name.localeCompare(other.name, 'zh-Hant') : one.unit < other.unit ? -1 : 1;
}

/** The roles that the pages of this version know what to do with; the others come with their pages. */
export const ROLES_IN_USE: readonly Role[] = [
  'clerk',
  'technician',
  'service_manager',
  'branch_manager',
  'service_department',
  'admin',
  'auditor',
];

/** The role by which people know somebody: the first of his that stands, in the order of the vocabulary. */
export function roleOf(books: Books, user: string): Role | undefined {
  const grants = books.role_grant.where('user', user).filter(({ fields }) => lasts(fields));
  return ROLE.find((role) => grants.some(({ fields }) => fields.role === role));
}

/** What keeps a login from being one: nobody types blanks, or what he does not see, when he signs in. */
export function loginFaultOf(typed: string): 'missing' | 'loginUnfit' | undefined {
  if (typed.trim() === '') return 'missing';
  return isLogin(typed) ? undefined : 'loginUnfit';
}

/** What is different about an account, as the server is told; null where nothing is. */
export function accountChanges(before: Account, after: Account): Partial<Account> | null {
  const roles = (account: Account) => account.roles.toSorted().join();
  const changes: Partial<Account> = {
    ...(before.name === after.name.trim() ? {} : { name: after.name.trim() }),
    ...(before.unit === after.unit ? {} : { unit: after.unit }),
    ...(roles(before) === roles(after) ? {} : { roles: after.roles }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}

/** Every device, those in use first, the newest of them first. */
export function devicesIn(books: Books): readonly Doc<'device'>[] {
  const gone = ({ fields }: Doc<'device'>) => Number(fields.revoked_at != null);
  return books.device.all.toSorted(
    (one, other) => gone(one) - gone(other) || (other.fields.enrolled_at ?? 0) - (one.fields.enrolled_at ?? 0),
  );
}

/** Whether a person may stop a device: the admin, the service manager, and whoever it belongs to. */
export function mayRevoke(me: Me, { fields }: Pick<Doc<'device'>, 'fields'>): boolean {
  return fields.user === me.user || me.roles.includes('admin') || me.roles.includes('service_manager');
}

/** The roles after one was chosen or taken back: whoever audits does nothing else, and whoever does anything does not audit. */
export function rolesWith(chosen: readonly Role[], role: Role): readonly Role[] {
  if (chosen.includes(role)) return chosen.filter((one) => one !== role);
  if (role === 'auditor') return [role];
  return [...chosen.filter((one) => one !== 'auditor'), role];
}
