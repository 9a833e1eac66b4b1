import { atom, type ReadableAtom } from 'nanostores';
import type { Code } from '../../wire/problems.ts';
import { SENTENCES } from '../../wire/sentences/zh-Hant.ts';
import { language } from './language.ts';

export type Sentences = Readonly<Record<Code, string>>;

/** The other languages, each fetched when first spoken. */
const OTHERS: Readonly<Record<string, () => Promise<{ readonly SENTENCES: Sentences }>>> = {
  'zh-Hans': () => import('../../wire/sentences/zh-Hans.ts'),
  en: () => import('../../wire/sentences/en.ts'),
};

const shown = atom<Sentences>(SENTENCES);
language.current.subscribe(async (code) => {
  const spoken = (await OTHERS[code]?.())?.SENTENCES ?? SENTENCES;
  if (code === language.current.get()) shown.set(spoken);
});

/** The plain sentence of each problem code, in the language now spoken. */
export const sentences: ReadableAtom<Sentences> = shown;
