import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';
import type { Build, Installed } from '../src/worker/build.ts';

const WORKER = 'worker.js';
const PLACE = '__BUILD__';

/** What each role needs only some of: the guide's pictures. */
const LATER = /\.webp$/;

/** Every file of the built folder but the worker itself, by path, with the hash of its content as revision. */
export function installedFiles(folder: string): Installed[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== WORKER && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: `/${relative(folder, file).split(sep).join('/')}`,
      revision: revisionOf(file),
      ...(LATER.test(file) ? { later: true as const } : {}),
    }));
}

/** The build as the worker knows it: its id changes whenever a file does. */
export function buildOf(folder: string): Build {
  const files = installedFiles(folder);
  return { id: hash(JSON.stringify(files)), files };
}

const revisionOf = (file: string) => hash(readFileSync(file));
const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex').slice(0, 16);

/** After the build, writes the built files into the service worker. */
export function precache(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'fieldproof-precache',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    // Not closeBundle: that one runs after a failed build too, and would hide why it failed.
    writeBundle() {
      const folder = resolve(config.root, config.build.outDir);
      const worker = join(folder, WORKER);
      const source = readFileSync(worker, 'utf8');
      if (!source.includes(PLACE)) throw new Error(`${WORKER} has no place for the build`);
      writeFileSync(worker, source.replace(PLACE, JSON.stringify(buildOf(folder))));
    },
  };
}
