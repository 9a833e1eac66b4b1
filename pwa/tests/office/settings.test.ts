import { expect, test } from 'vitest';
import { settingsOf, unitsOf } from '../../src/ui/office/settings.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { books, doc } from './made.ts';

const who = (...roles: Role[]) => ({ unit: 'ban', roles });

test.each([
  ['admin', ['people', 'leave', 'devices', 'units', 'hours', 'presets', 'import', 'healing', 'audit', 'health']],
  ['auditor', ['people', 'leave', 'devices', 'units', 'hours', 'presets', 'healing', 'audit', 'health']],
  ['service_manager', ['leave', 'devices', 'units', 'hours', 'presets', 'import', 'healing']],
  ['service_department', ['leave', 'hours', 'import', 'healing']],
  ['branch_manager', ['leave', 'hours', 'import']],
  ['vice_gm', ['healing']],
  ['clerk', ['leave']],
  ['technician', []],
] as const)('%s finds %j among the settings', (role, pages) => {
  expect(settingsOf(who(role))).toEqual(pages);
});

test('F016 whoever sees every unit chooses one, his own first; everybody else has his own', () => {
  const shelf = books(doc('unit', 'ban', { name: '板橋服務中心' }), doc('unit', 'aaa', { name: '基隆服務中心' }));
  expect(unitsOf(shelf, who('admin')).map(({ id }) => id)).toEqual(['ban', 'aaa']);
  expect(unitsOf(shelf, who('service_manager')).map(({ id }) => id)).toEqual(['ban']);
});
