import { expect, test } from 'vitest';
import { filled, filledIn } from './filled.ts';
import { language as app, choose, makeLanguage, speakAsKept } from './language.ts';

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

test('a catalogue that lacks a whole screen does not keep the others from being translated', async () => {
  const language = makeLanguage({ en: async () => ({ job: { title: 'Job' } }) });
  const [job, lock] = [language.texts('job', { title: '工單' }), language.texts('lock', { title: '輸入解鎖碼' })];
  const shown: string[] = [];
  job.subscribe(({ title }) => shown.push(title));
  lock.subscribe(() => undefined);
  language.current.set('en');
  await expect.poll(() => shown.at(-1)).toBe('Job');
  expect(lock.get().title).toBe('輸入解鎖碼');
});

test('once its words are fetched, a language is spoken in the same moment, also by a screen that comes later', async () => {
  const language = makeLanguage({ en: async () => ({ job: { title: 'Job' }, lock: { title: 'Unlock' } }) });
  const job = language.texts('job', { title: '工單' });
  await language.fetch('en');
  language.current.set('en');
  expect(job.get().title).toBe('Job');
  expect(language.texts('lock', { title: '輸入解鎖碼' }).get().title).toBe('Unlock');
});

test('English tells one from many', () => {
  const told = (count: number | string) => filledIn('{count} {count|call|calls}', { count });
  expect([0, 1, 2, '1'].map(told)).toEqual(['0 calls', '1 call', '2 calls', '1 call']);
  expect(filledIn('{count|call|calls}', {})).toBe('{count|call|calls}');
});

test('a choice is kept on this browser and spoken at the next start, the lang attribute follows', async () => {
  await choose('zh-Hans');
  expect([app.current.get(), document.documentElement.lang]).toEqual(['zh-Hans', 'zh-Hans']);
  app.current.set('zh-Hant');
  await speakAsKept();
  expect(app.current.get()).toBe('zh-Hans');
  await choose('zh-Hant');
  expect([app.current.get(), document.documentElement.lang]).toEqual(['zh-Hant', 'zh-Hant-TW']);
});

test('a language that was kept and is none any more leaves the base', async () => {
  localStorage.setItem('fieldproof.language', 'tlh');
  await speakAsKept();
  expect(app.current.get()).toBe('zh-Hant');
  localStorage.clear();
});

test('whoever chooses twice gets what he chose last', async () => {
  await Promise.all([choose('en'), choose('zh-Hant')]);
  expect(app.current.get()).toBe('zh-Hant');
  expect(localStorage.getItem('fieldproof.language')).toBe('zh-Hant');
});
