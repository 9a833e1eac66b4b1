// Firefox as it is installed, over WebDriver BiDi, for the test's own process: a JSON line in is one deed, a JSON line
// out its result. FIREFOX, PROFILE and PUPPETEER (a file that resolves it) come from the environment.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.env.PUPPETEER);
const { default: puppeteer } = await import(pathToFileURL(require.resolve('puppeteer-core')).href);
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: process.env.FIREFOX,
  userDataDir: process.env.PROFILE,
  headless: true,
  extraPrefsFirefox: { 'intl.accept_languages': 'zh-TW' },
});
let page = await browser.newPage();
await page.setViewport({ width: 390, height: 844 });

const deeds = {
  async open(url) {
    await page.goto(url, { waitUntil: 'domcontentloaded' });
  },
  async reopen(url) {
    await page.close();
    page = await browser.newPage();
    await page.setViewport({ width: 390, height: 844 });
    await page.goto(url, { waitUntil: 'domcontentloaded' });
  },
  run: (script) => page.evaluate(script),
  press: (x, y) => page.mouse.click(x, y),
  async stroke(points) {
    const [[x, y], ...others] = points;
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const [toX, toY] of others) await page.mouse.move(toX, toY);
    await page.mouse.up();
  },
  type: (text) => page.keyboard.type(text),
  close: () => browser.close(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...values] = JSON.parse(line);
  let told;
  try {
    told = { result: (await deeds[name](...values)) ?? null };
  } catch (error) {
    told = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
  if (name === 'close') process.exit(0);
}
