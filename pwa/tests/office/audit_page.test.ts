import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Unreachable } from '../../src/net/call.ts';
import type { AuditEntry } from '../../src/wire/bodies.ts';
import { button, now, type Opened, opened, settled, shown } from './opened.ts';

let office: Opened;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

const entry = (seq: number): AuditEntry => ({
  ...{ seq, at: now, user: 'chen', device: 'd', deed: 'session.signed_in', objects: [] },
  ...{ purpose: null, request_sha256: null },
});

test('the log goes out whole, although the page shows its first stretch', async () => {
  office = await opened('#/audit', ['admin'], [], {
    'GET /api/audit?': { entries: [entry(3)], more: true, broken: [] },
    'GET /api/audit?most=1000': { entries: [entry(3), entry(2)], more: true, broken: [] },
    'GET /api/audit?before=2&most=1000': { entries: [entry(1)], more: false, broken: [] },
  });
  await shown('1 筆');
  button('匯出').click();
  await settled();
  await shown('共 3 列');
});

test('whoever cannot read the log to its end is told, and is given no file', async () => {
  office = await opened('#/audit', ['admin'], [], {
    'GET /api/audit?': { entries: [entry(3)], more: true, broken: [] },
  });
  await shown('1 筆');
  vi.spyOn(office.client, 'ask').mockRejectedValue(new Unreachable('the office did not answer'));
  button('匯出').click();
  await shown('匯出檔案');
  expect(button('CSV')).toBeUndefined();
});
