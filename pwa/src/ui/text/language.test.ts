import { expect, test } from 'vitest';
import { filled } from './filled.ts';
import { makeLanguage } from './language.ts';

const spoken = (text: { readonly title: string }) => text.title;

function job(catalogue: Record<string, string>) {
  const language = makeLanguage({ en: async () => ({ job: catalogue }) });
  const messages = language.texts('job', { title: '工單', due: filled('{time} 到期') });
  let shown = messages.get();
  messages.subscribe((text) => {
    shown = text;
  });
  return { language, shown: () => shown };
}

test('texts are in zh-Hant from the first moment, without loading anything', () => {
  const { shown } = job({});
  expect(shown().title).toBe('工單');
  expect(shown().due({ time: '13:10' })).toBe('13:10 到期');
});

test('another language is spoken without a reload, and the base again', async () => {
  const { language, shown } = job({ title: 'Job', due: 'due {time}' });
  language.current.set('en');
  await expect.poll(() => spoken(shown())).toBe('Job');
  expect(shown().due({ time: '13:10' })).toBe('due 13:10');
  language.current.set('zh-Hant');
  expect(shown().title).toBe('工單');
});

test('a key that a catalogue lacks is shown in zh-Hant, never empty', async () => {
  const { language, shown } = job({ title: 'Job' });
  language.current.set('en');
  await expect.poll(() => spoken(shown())).toBe('Job');
  expect(shown().due({ time: '13:10' })).toBe('13:10 到期');
});

test('a language without a catalogue keeps the base texts', async () => {
  const { language, shown } = job({});
  language.current.set('fr');
  await Promise.resolve();
  expect(shown().title).toBe('工單');
});

test('what a person wrote comes out as it went in, dollar signs and braces included', () => {
  const { texts } = makeLanguage({});
  const text = texts('voucher', { note: filled('備註：{note}') }).get();
  expect(text.note({ note: 'NT$& {note} $1' })).toBe('備註：NT$& {note} $1');
});
