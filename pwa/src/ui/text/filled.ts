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

/**
 * A text with what its holes name; a hole that nothing is named for stays.
 *
 * English writes `{count} {count|call|calls}`: the first word for exactly one, the second for any other number.
 */
export function filledIn(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(HOLE, (hole, name: string, one?: string, other?: string) => {
    const value = values[name];
    if (value == null) return hole;
    return one === undefined ? String(value) : String(Number(value) === 1 ? one : other);
  });
}

/** `{name}`, or `{name|word for one|word for more}`. */
export const HOLE = /\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g;
