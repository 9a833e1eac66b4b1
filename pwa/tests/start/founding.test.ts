import { expect, test, vi } from 'vitest';
import { fixtureClient } from '../../src/net/fixture.ts';
import {
  accountLines,
  BLANK,
  type CompanyWish,
  faultsIn,
  foundCompany,
  foundDemo,
} from '../../src/ui/start/founding.ts';

const wish: CompanyWish = {
  code: 'G4-VP-MY-ZM-DY-5V-29-8D',
  company: '示範電器',
  unit_name: '板橋服務中心',
  unit_code: 'ban',
  unit_kind: 'center',
  admin_name: '吳明哲',
  login: 'admin',
  password: '四個 不相干 的詞兒',
};

test('every field is asked for', () => {
  const { unit_kind, ...typed } = BLANK;
  expect(faultsIn(BLANK)).toEqual(Object.fromEntries(Object.keys(typed).map((field) => [field, 'missing'])));
  expect(unit_kind).toBe('center');
});

test('a wish that the server would take is not held up', () => {
  expect(faultsIn(wish)).toEqual({});
});

test.each(['1AB', 'A', 'ABCDEFGHI', 'A-B', '板橋'])('%s is no code of a unit', (unit_code) => {
  expect(faultsIn({ ...wish, unit_code })).toEqual({ unit_code: 'unitCodeWrong' });
});

test('a short password is refused here already, counted in characters as people see them', () => {
  expect(faultsIn({ ...wish, password: '𠮷𠮷𠮷𠮷𠮷' })).toEqual({ password: 'short' });
});

test('the unit code is sent in capitals, whatever was typed', async () => {
  const client = fixtureClient(null);
  const ask = vi.spyOn(client, 'ask');
  await foundCompany(client, wish);
  expect(ask).toHaveBeenCalledWith('POST', '/api/start/company', { ...wish, unit_code: 'BAN' });
});

test('the accounts of the demonstration can be copied as a table', async () => {
  const lin = { login: 'lin', name: '林志豪', roles: ['technician', 'clerk'], password: 'a\u00a0b' } as const;
  const client = fixtureClient(null, {}, { 'POST /api/start/demo': { company: 'c', accounts: [lin] } });
  const accounts = await foundDemo(client, 'code');
  expect(accountLines(accounts, (role) => role)).toBe('林志豪\ttechnician、clerk\tlin\ta\u00a0b');
});
