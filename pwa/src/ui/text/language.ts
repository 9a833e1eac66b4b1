import { type ComponentsJSON, createI18n, type I18n } from '@nanostores/i18n';
import { atom, type WritableAtom } from 'nanostores';

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
}

/** Builds the texts over the given catalogues; changing `current` changes every text on the page at once. */
export function makeLanguage(catalogues: Catalogues): Language {
  const current = atom<string>(BASE);
  const texts = createI18n(current, { baseLocale: BASE, get: async (code) => (await catalogues[code]?.()) ?? {} });
  return { spoken: [BASE, ...Object.keys(catalogues)], current, texts };
}

const files = import.meta.glob<ComponentsJSON>('./catalogues/*.json', { import: 'default' });
const byCode = Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), load]);

export const language: Language = makeLanguage(Object.fromEntries(byCode));
export const texts: I18n = language.texts;

/** Speaks another language from now on: texts follow at once, the font through the `lang` attribute. */
export function speak(code: string): void {
  language.current.set(code);
  document.documentElement.lang = code === BASE ? 'zh-Hant-TW' : code;
}
