import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packFolder } from './packing.ts';

const SCRIPT = 'export const greeting = "hello";\n'.repeat(40);

test('every text lies packed beside itself, and unpacks to itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'built-'));
  mkdirSync(join(folder, 'assets'));
  const script = join(folder, 'assets', 'app.js');
  writeFileSync(script, SCRIPT);
  packFolder(folder);
  expect(brotliDecompressSync(readFileSync(`${script}.br`)).toString()).toBe(SCRIPT);
  expect(gunzipSync(readFileSync(`${script}.gz`)).toString()).toBe(SCRIPT);
  expect(readFileSync(script, 'utf8')).toBe(SCRIPT);
});

test('a picture, and what packing would make larger, lie alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'built-'));
  for (const name of ['icon.png', 'empty.json']) {
    const path = join(folder, name);
    writeFileSync(path, name === 'icon.png' ? 'png'.repeat(400) : '{}');
    packFolder(folder);
    expect([existsSync(`${path}.br`), existsSync(`${path}.gz`)]).toEqual([false, false]);
  }
});
