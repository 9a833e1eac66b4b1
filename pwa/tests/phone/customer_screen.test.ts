import { expect, test } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { doc } from '../office/made.ts';
import { GROUND, job } from './made.ts';
import { opened, shown } from './opened.ts';

const alone = doc('customer', 'alone', { name: '何小姐', phone: '02-2950-0112', address: '中山路 8 號' });
const his = job('c', { call: { number: 'BAN-2026-000015', customer: 'alone', asset: null, symptom: '漏水' } });
const rows = [...GROUND, alone, ...his] as FixtureRow[];
const links = () => [...document.querySelectorAll('main a')].map((link) => link.getAttribute('href'));
const WAIT = { timeout: 10_000 };

test('a customer without a product is called with one tap, and his call is opened from his page', async () => {
  opened(rows, 'customer', 'alone');
  await expect.poll(shown, WAIT).toContain('何小姐');
  expect(shown()).toContain('中山路');
  expect(shown().replaceAll(/\s+/g, ' ')).toContain('2026/11/23已派工 漏水 BAN-2026-000015');
  expect(links()).toEqual(['tel:02-2950-0112'.replaceAll('-', ''), '#/job/c']);
});

test('of a customer who has never called that is said', async () => {
  opened([...GROUND, alone] as FixtureRow[], 'customer', 'alone');
  await expect.poll(shown, WAIT).toContain('這台裝置上沒有這位客戶的叫修。');
});

test('a customer who is not on this phone is told as that', async () => {
  opened(rows, 'customer', 'nobody');
  await expect.poll(shown, WAIT).toContain('這台裝置上找不到這位客戶。');
});
