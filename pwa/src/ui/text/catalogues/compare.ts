import { type ComponentsJSON, type Messages, messagesToJSON } from '@nanostores/i18n';
import { HOLE } from '../filled.ts';

const modules = import.meta.glob<Record<string, unknown>>(['../*.ts', '!../*.test.ts'], { eager: true });
const files = import.meta.glob<ComponentsJSON>('./*.json', { eager: true, import: 'default' });

const isMessages = (value: unknown): value is Messages =>
  typeof value === 'object' && value !== null && 'i18n' in value && 'component' in value;

/** Every text in the base language: screen -> key -> words. For tests and tools: it loads all there are. */
export const base: ComponentsJSON = messagesToJSON(
  ...Object.values(modules)
    .flatMap((module) => Object.values(module))
    .filter(isMessages),
);

/** The translations by language code, as they stand in the files. */
export const catalogues: Readonly<Record<string, ComponentsJSON>> = Object.fromEntries(
  Object.entries(files).map(([path, catalogue]) => [path.replace(/^.*\/|\.json$/g, ''), catalogue]),
);

/** A catalogue as a flat list: `screen.key` -> words. */
export function flat(catalogue: ComponentsJSON): ReadonlyMap<string, string> {
  const entries = Object.entries(catalogue).flatMap(([screen, texts]) =>
    Object.entries(texts).map(([key, words]) => [`${screen}.${key}`, String(words)] as const),
  );
  return new Map(entries);
}

/** The names of a text's holes, each once. */
export function holesOf(words: string): readonly string[] {
  return [...new Set([...words.matchAll(HOLE)].map(([, name]) => name ?? ''))].sort();
}

/** What keeps a catalogue from saying what the base says, by name. */
export interface Faults {
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
  /** Translated with other holes than the base has, or without words. */
  readonly differing: readonly string[];
}

export function faultsOf(catalogue: ComponentsJSON, against: ComponentsJSON = base): Faults {
  const [source, translated] = [flat(against), flat(catalogue)];
  const same = (one: string, other: string) =>
    holesOf(one).join() === holesOf(other).join() && (other !== '' || one === '');
  return {
    missing: [...source.keys()].filter((name) => !translated.has(name)),
    surplus: [...translated.keys()].filter((name) => !source.has(name)),
    differing: [...translated]
      .filter(([name, words]) => source.has(name) && !same(source.get(name) ?? '', words))
      .map(([name]) => name),
  };
}

/** The texts that a catalogue lacks, in the base language: what a translator fills in. */
export function untranslated(catalogue: ComponentsJSON): ComponentsJSON {
  return merged(base, (screen, key) => (catalogue[screen]?.[key] === undefined ? base[screen]?.[key] : undefined));
}

/** A catalogue with more translations, in the order of the base and without what no screen says any more. */
export function withMore(catalogue: ComponentsJSON, more: ComponentsJSON): ComponentsJSON {
  return merged(base, (screen, key) => more[screen]?.[key] ?? catalogue[screen]?.[key]);
}

function merged(order: ComponentsJSON, words: (screen: string, key: string) => unknown): ComponentsJSON {
  const screens = Object.keys(order)
    .sort()
    .map((screen) => {
      const texts = Object.keys(order[screen] ?? {}).map((key) => [key, words(screen, key)] as const);
      return [screen, Object.fromEntries(texts.filter(([, said]) => said !== undefined))] as const;
    });
  return Object.fromEntries(screens.filter(([, texts]) => Object.keys(texts).length > 0)) as ComponentsJSON;
}
