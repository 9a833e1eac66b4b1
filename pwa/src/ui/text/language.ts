import { type ComponentsJSON, createI18n, type I18n } from '@nanostores/i18n';
import { atom, type ReadableAtom, type WritableAtom } from 'nanostores';
import { keepLanguage, keptLanguage } from '../../platform/kept_language.ts';

/** The language every text is first written in; its words stand in the code, keyed by screen. */
export const BASE = 'zh-Hant';

/** Translations by language code, each fetched when first spoken: screen -> key -> words. */
export type Catalogues = Readonly<Record<string, () => Promise<ComponentsJSON>>>;

export interface Language {
  /** The languages one can choose, the base first. */
  readonly spoken: readonly string[];
  readonly current: WritableAtom<string>;
  /** Defines one screen's texts; what a catalogue lacks is shown in the base language. */
  readonly texts: I18n;
  /** Fetches the words of a language, so that every text changes in one moment once it is spoken. */
  readonly fetch: (code: string) => Promise<void>;
}

/** Builds the texts over the given catalogues; changing `current` changes every text on the page at once. */
export function makeLanguage(catalogues: Catalogues): Language {
  const current = atom<string>(BASE);
  const catalogue = async (code: string) => (await catalogues[code]?.()) ?? {};
  // The library waits for every screen that it asked for; one that a catalogue lacks is answered with no words.
  const get = async (code: string, screens: readonly string[]): Promise<ComponentsJSON> => ({
    ...Object.fromEntries(screens.map((screen) => [screen, {}])),
    ...(await catalogue(code)),
  });
  const texts = createI18n(current, { baseLocale: BASE, get });
  const cache = texts.cache as Record<string, unknown>;
  const fetch = async (code: string) => {
    cache[code] ??= await catalogue(code);
  };
  return { spoken: [BASE, ...Object.keys(catalogues)], current, texts, fetch };
}

const files = import.meta.glob<ComponentsJSON>('./catalogues/*.json', { import: 'default' });
const byCode = Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), load]);

export const language: Language = makeLanguage(Object.fromEntries(byCode));
export const texts: I18n = language.texts;
/** The language now spoken, for what is not a text: dates, amounts. */
export const spoken: ReadableAtom<string> = language.current;

let wanted = BASE;

/** Speaks another language from now on: texts follow at once, the font through the `lang` attribute. */
export async function speak(code: string): Promise<void> {
  wanted = code;
  await language.fetch(code);
  // Somebody may have chosen again before the words came.
  if (wanted !== code) return;
  language.current.set(code);
  document.documentElement.lang = code === BASE ? 'zh-Hant-TW' : code;
}

/** Speaks a language and keeps the choice on this browser. */
export async function choose(code: string): Promise<void> {
  await speak(code);
  keepLanguage(language.current.get());
}

/**
 * Speaks what was chosen on this browser, before anything is shown; without a choice the base, whatever the browser's
 * own language: a company's phone may well have been bought with another one. A customer's own browser is asked for what
 * it `wishes`.
 */
export async function speakAsKept(wishes: readonly string[] = []): Promise<void> {
  const code = keptLanguage() ?? wished(wishes);
  if (code === null || code === BASE || !language.spoken.includes(code)) return;
  // Words that cannot be fetched now are no reason to show nothing: it speaks the base until the next start.
  await speak(code).catch(() => undefined);
}

const SIMPLIFIED = /^zh-(hans|cn|sg|my)/i;

/** The first language of a browser that is spoken here; null for none. */
function wished(tags: readonly string[]): string | null {
  const codes = tags.map((tag) => {
    if (SIMPLIFIED.test(tag)) return 'zh-Hans';
    return /^zh/i.test(tag) ? BASE : tag.toLowerCase().split('-')[0];
  });
  return codes.find((code) => code !== undefined && language.spoken.includes(code)) ?? null;
}
