import { expect, test } from 'vitest';
import { fixtureClient } from '../../src/net/fixture.ts';
import {
  type Account,
  accountChanges,
  devicesIn,
  mayRevoke,
  readAccounts,
  roleOf,
  rolesWith,
} from '../../src/ui/office/people.ts';
import { books, doc } from './made.ts';

const lin: Account = {
  user: 'lin',
  login: 'lin.zh',
  name: '林志豪',
  unit: 'ban',
  roles: ['technician', 'clerk'],
  deactivated: false,
};

test('only what is different about an account is told to the server', () => {
  expect(accountChanges(lin, { ...lin, name: ' 林志豪 ', roles: ['clerk', 'technician'] })).toBeNull();
  expect(accountChanges(lin, { ...lin, name: '林志浩', roles: ['clerk'] })).toEqual({
    name: '林志浩',
    roles: ['clerk'],
  });
});

test('who lost his login by a restore stands first, accounts that were stopped last', async () => {
  const client = fixtureClient(
    null,
    {},
    {
      'GET /api/accounts': [
        { ...lin, deactivated: true },
        { ...lin, user: 'wu' },
        { ...lin, user: 'hsu', login: '' },
      ],
    },
  );
  expect((await readAccounts(client)).map(({ user }) => user)).toEqual(['hsu', 'wu', 'lin']);
});

test('people are known by a role that they still have', () => {
  const grant = (id: string, role: 'clerk' | 'technician', over = {}) =>
    doc('role_grant', id, { user: 'lin', role, ...over });
  expect(roleOf(books(grant('1', 'clerk', { ended_at: 1 }), grant('2', 'technician')), 'lin')).toBe('technician');
  expect(roleOf(books(), 'lin')).toBeUndefined();
});

test('devices in use stand before those that were stopped, the newest first', () => {
  const all = books(
    doc('device', 'stopped', { enrolled_at: 9, revoked_at: 10 }),
    doc('device', 'old', { enrolled_at: 1 }),
    doc('device', 'new', { enrolled_at: 2 }),
  );
  expect(devicesIn(all).map(({ id }) => id)).toEqual(['new', 'old', 'stopped']);
});

test('a device is stopped by its owner, the service manager or the admin', () => {
  const phone = doc('device', 'd', { user: 'lin' });
  const me = { user: 'wu', name: '', company: '', company_name: '', unit: '', device: null, place: null };
  expect(mayRevoke({ ...me, roles: ['clerk'] }, phone)).toBe(false);
  expect(mayRevoke({ ...me, roles: ['service_manager'] }, phone)).toBe(true);
  expect(mayRevoke({ ...me, user: 'lin', roles: ['technician'] }, phone)).toBe(true);
});

test('whoever audits does nothing else, and whoever does anything does not audit', () => {
  expect(rolesWith(['technician', 'clerk'], 'auditor')).toEqual(['auditor']);
  expect(rolesWith(['auditor'], 'clerk')).toEqual(['clerk']);
  expect(rolesWith(['clerk'], 'technician')).toEqual(['clerk', 'technician']);
  expect(rolesWith(['auditor'], 'auditor')).toEqual([]);
});
