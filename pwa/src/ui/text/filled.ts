import { type ExtractTemplateParams, strings, type TranslationFunction, transform } from '@nanostores/i18n';

/**
 * A message with named holes: `filled('剩 {minutes} 分')` becomes `({ minutes }) => string`, checked by the compiler.
 *
 * The library's own `params` treats `$&` in a value as a pattern; a customer's words must come out as they went in.
 */
export function filled<Template extends string>(
  template: Template,
): TranslationFunction<[ExtractTemplateParams<Template>], string> {
  return fill(template) as TranslationFunction<[ExtractTemplateParams<Template>], string>;
}

const fill = transform<[Record<string, string | number>], string, string>((_locale, template, values) =>
  strings(template, (text) => filledIn(text, values)),
);

/** A text with what its holes name; a hole that nothing is named for stays. */
export function filledIn(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
