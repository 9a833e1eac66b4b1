import type { Health } from '../../src/wire/bodies.ts';
import { DAY_MS, NOW } from './people.ts';

const HOUR_MS = 3_600_000;
const GIB = 1024 ** 3;
const well = { wellness: 'well', advice: [] } as const;

/** A server of a small company on which everything is as it should be. */
export const wellServer: Health = {
  at: NOW,
  wellness: 'well',
  server: { ...well, version: '0.1.0', started_at: NOW - 12 * DAY_MS },
  storage: {
    ...well,
    database: 'sqlite',
    database_bytes: 0.42 * GIB,
    files_bytes: 18.6 * GIB,
    disk_free: 164 * GIB,
    disk_total: 476 * GIB,
  },
  backup: { ...well, at: NOW - 7.6 * HOUR_MS, bytes: 17.9 * GIB, verified: true, missing: 0 },
  devices: { ...well, active: 14, silent: 0, stopped_waiting: 0, quarantined: 0 },
  waiting: {
    ...well,
    held: 2,
    held_since: NOW - 3 * HOUR_MS,
    rivals: 1,
    files_missing: 3,
    files_gone: 0,
    more_files: false,
  },
  restore: { ...well, at: null, losses: 0, partings: 0, awaited: 0 },
  audit: { ...well, entries: 18_432, checked: 1_000, broken: 0 },
  holidays: { ...well, units: 3, missing: [] },
  clock: null,
};

/** The same on a morning on which much has gone wrong. */
export const badServer: Health = {
  ...wellServer,
  wellness: 'bad',
  storage: {
    ...wellServer.storage,
    wellness: 'look',
    advice: ['disk_low'],
    database: 'postgresql',
    disk_free: 31 * GIB,
  },
  backup: { ...wellServer.backup, wellness: 'bad', advice: ['backup_very_old'], at: NOW - 9 * DAY_MS },
  devices: {
    wellness: 'look',
    advice: ['devices_silent', 'quarantine_waiting'],
    active: 14,
    silent: 2,
    stopped_waiting: 1,
    quarantined: 7,
  },
  waiting: {
    ...wellServer.waiting,
    wellness: 'look',
    advice: ['held_waiting', 'files_gone'],
    held_since: NOW - 5 * DAY_MS,
    files_gone: 1,
  },
  restore: {
    wellness: 'look',
    advice: ['devices_awaited', 'report_open'],
    at: NOW - 2 * DAY_MS,
    losses: 1,
    partings: 0,
    awaited: 3,
  },
  holidays: {
    wellness: 'look',
    advice: ['holidays_missing', 'holidays_due'],
    units: 3,
    missing: [
      { year: 2026, units: ['桃園分公司'] },
      { year: 2027, units: ['板橋服務中心', '桃園分公司'] },
    ],
  },
  clock: { ...well, ahead_ms: 400 },
};
