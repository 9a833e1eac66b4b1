import { type ComponentsJSON, type Messages, messagesToJSON } from '@nanostores/i18n';
import { expect, test } from 'vitest';
import { language } from './language.ts';

const modules = import.meta.glob<Record<string, Messages>>(['./*.ts', '!./*.test.ts'], { eager: true });
const catalogues = import.meta.glob<ComponentsJSON>('./catalogues/*.json', { eager: true, import: 'default' });

const screens = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter((value): value is Messages => typeof value === 'object' && value !== null && 'i18n' in value);

const keysOf = (catalogue: ComponentsJSON) =>
  Object.entries(catalogue)
    .flatMap(([screen, texts]) => Object.keys(texts).map((key) => `${screen}.${key}`))
    .sort();

test('every catalogue translates exactly the keys that the screens use', () => {
  const base = keysOf(messagesToJSON(...screens));
  expect(base.length).toBeGreaterThan(100);
  for (const [path, catalogue] of Object.entries(catalogues)) expect(keysOf(catalogue), path).toEqual(base);
  expect(language.spoken).toHaveLength(1 + Object.keys(catalogues).length);
});

test('no text shouts or talks like a machine', () => {
  const words = JSON.stringify(messagesToJSON(...screens));
  expect(words).not.toMatch(/[!！?]|成功|喔|哎呀|您/);
});
