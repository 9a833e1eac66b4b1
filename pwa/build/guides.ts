import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { guideTextOf, picturesOf } from './guide_text.ts';

/** Width and height of a WebP picture without loss, as tests/browser/guide_pictures.py writes it. */
export function sizeOf(webp: Buffer): { readonly width: number; readonly height: number } {
  if (webp.toString('latin1', 8, 16) !== 'WEBPVP8L') throw new Error('no WebP picture without loss');
  const bits = webp.readUInt32LE(21);
  return { width: (bits & 0x3f_ff) + 1, height: ((bits >> 14) & 0x3f_ff) + 1 };
}

interface Wish {
  /** Leaves out pictures that are not there: whoever takes them builds without. */
  readonly untaken?: boolean;
}

/** Makes each guide of docs/guide a module: its text as data, its pictures as files of the app. */
export function guides({ untaken = false }: Wish = {}): Plugin {
  return {
    name: 'fieldproof-guides',
    transform: {
      filter: { id: /\/docs\/guide\/[a-z]+\.md$/ },
      handler(markdown, id) {
        const text = guideTextOf(markdown, basename(id, '.md'));
        const all = picturesOf(text).map((name) => ({ name, file: `img/${name}.webp` }));
        const pictures = all.filter(({ file }) => !untaken || existsSync(join(dirname(id), file)));
        const imports = pictures.map(({ file }, at) => `import p${at} from './${file}?url&no-inline';`);
        const sized = pictures.map(({ name, file }, at) => {
          const { width, height } = sizeOf(readFileSync(join(dirname(id), file)));
          return `${JSON.stringify(name)}: { src: p${at}, width: ${width}, height: ${height} },`;
        });
        const guide = `export default { ...${JSON.stringify(text)}, pictures: { ${sized.join(' ')} } };`;
        return { code: [...imports, guide].join('\n'), map: null, moduleType: 'js' };
      },
    },
  };
}
