/**
 * The texts that still want a translation, and the way of what was translated into the catalogues.
 *
 *   npm run -s texts                        prints { language: { screen: { key: words in zh-Hant } } }
 *   npm run -s texts -- translated.json     takes such a file with the words translated
 *
 * A catalogue is written in the order of the code; what no screen says any more falls out of it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'vite';

const FOLDER = 'src/ui/text/catalogues';

function print({ catalogues, untranslated }) {
  const wanted = Object.entries(catalogues).map(([code, catalogue]) => [code, untranslated(catalogue)]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(wanted), null, 2)}\n`);
}

function take({ catalogues, withMore }, translated) {
  for (const [code, catalogue] of Object.entries(catalogues)) {
    const full = withMore(catalogue, translated[code] ?? {});
    writeFileSync(`${FOLDER}/${code}.json`, `${JSON.stringify(full, null, 2)}\n`);
  }
}

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, ws: false, watch: null },
});
try {
  const compare = await server.ssrLoadModule(`/${FOLDER}/compare.ts`);
  const [file] = process.argv.slice(2);
  if (file === undefined) print(compare);
  else take(compare, JSON.parse(readFileSync(file, 'utf8')));
} finally {
  await server.close();
}
