import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin, ResolvedConfig } from 'vite';

const TEXTS = /\.(css|html|js|json|svg|webmanifest)$/;

/** Ending of a packed file to what packs it, as small as it gets: it is done once for every phone there will be. */
const PACKERS = {
  '.br': (plain: Buffer) => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
  '.gz': (plain: Buffer) => gzipSync(plain, { level: 9 }),
} as const;

/** Writes every text of a built folder packed beside itself; the server sends whichever the browser takes. */
export function packFolder(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((each) => each.isFile() && TEXTS.test(each.name))) {
    const path = join(file.parentPath, file.name);
    const plain = readFileSync(path);
    for (const [ending, pack] of Object.entries(PACKERS)) {
      const packed = pack(plain);
      if (packed.length < plain.length) writeFileSync(path + ending, packed);
    }
  }
}

/** Packs the built app once everything else has written its files. */
export function packing(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'fieldproof-packing',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        packFolder(resolve(config.root, config.build.outDir));
      },
    },
  };
}
