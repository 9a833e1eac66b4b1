import type { Client } from '../../net/index.ts';
import { hasVisible, isLogin } from '../../rules/visible.ts';
import type { Role, UnitKind } from '../../wire/vocabulary.ts';
import { items } from '../text/between.ts';

/** The two ways to begin. */
export const WAYS = [
  { id: 'demo', title: 'demo', body: 'demoBody' },
  { id: 'own', title: 'own', body: 'ownBody' },
] as const;
export type Start = (typeof WAYS)[number]['id'];

/** Somebody of the demonstration; the password is told this once. */
export interface DemoAccount {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly password: string;
}

/** One's own company with one unit and its admin, as it was typed. */
export interface CompanyWish {
  readonly code: string;
  readonly company: string;
  readonly unit_name: string;
  readonly unit_code: string;
  readonly unit_kind: UnitKind;
  readonly admin_name: string;
  readonly login: string;
  readonly password: string;
}

export const BLANK: CompanyWish = {
  code: '',
  company: '',
  unit_name: '',
  unit_code: '',
  unit_kind: 'center',
  admin_name: '',
  login: '',
  password: '',
};

/** The floor of a password's length, which the server has as well. */
export const PASSWORD_MIN = 10;

export type Fault = 'missing' | 'short' | 'unitCodeWrong' | 'loginUnfit';

/** What is wrong with each field; the server judges the rest. */
export function faultsIn(wish: CompanyWish): Partial<Readonly<Record<keyof CompanyWish, Fault>>> {
  const missing = Object.entries(wish)
    .filter(([, typed]) => !hasVisible(typed))
    .map(([field]) => [field, 'missing'] as const);
  return {
    ...([...wish.password].length < PASSWORD_MIN && { password: 'short' as const }),
    ...(!/^[A-Za-z][A-Za-z0-9]{1,7}$/.test(wish.unit_code.trim()) && { unit_code: 'unitCodeWrong' as const }),
    ...(!isLogin(wish.login) && { login: 'loginUnfit' as const }),
    ...Object.fromEntries(missing),
  };
}

export async function foundDemo(client: Client, code: string): Promise<readonly DemoAccount[]> {
  const { accounts } = (await client.ask('POST', '/api/start/demo', { code })) as { accounts: readonly DemoAccount[] };
  return accounts;
}

export async function foundCompany(client: Client, wish: CompanyWish): Promise<void> {
  const unit_code = wish.unit_code.trim().toUpperCase();
  await client.ask('POST', '/api/start/company', { ...wish, unit_code });
}

/** Every account as a table that a spreadsheet takes. */
export function accountLines(accounts: readonly DemoAccount[], roleWords: (role: Role) => string): string {
  return accounts
    .map(({ name, roles, login, password }) => [name, items(roles.map(roleWords)), login, password].join('\t'))
    .join('\n');
}
