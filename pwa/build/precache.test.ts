import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { buildOf } from './precache.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'built-'));
  mkdirSync(join(folder, 'assets'));
  for (const name of ['index.html', 'assets/app.js', 'assets/app.js.map', 'worker.js']) {
    writeFileSync(join(folder, name), name);
  }
});

test('every built file is listed but the worker itself and the source maps', () => {
  expect(buildOf(folder).files.map(({ path }) => path)).toEqual(['/assets/app.js', '/index.html']);
});

test('pictures of the guide are for later', () => {
  writeFileSync(join(folder, 'assets', 'today.webp'), 'picture');
  expect(
    buildOf(folder)
      .files.filter(({ later }) => later)
      .map(({ path }) => path),
  ).toEqual(['/assets/today.webp']);
});

test('a changed file has another revision and makes another build, an unchanged one keeps its own', () => {
  const before = buildOf(folder);
  writeFileSync(join(folder, 'index.html'), 'changed');
  const after = buildOf(folder);
  expect(after.files[0]).toEqual(before.files[0]);
  expect(after.files[1]).not.toEqual(before.files[1]);
  expect(after.id).not.toBe(before.id);
});
