import { texts } from './language.ts';

/** Every language one can choose, called as those who speak it call it: the same words whatever is spoken now. */
export const NAMES: readonly (readonly [code: string, name: string])[] = [
  ['zh-Hant', '繁體中文'],
  ['zh-Hans', '简体中文'],
  ['en', 'English'],
];

/** Where the language is chosen. */
export const languages = texts('languages', {
  title: '語言',
  failed: '這種語言沒有載入，還是原來的。連上網路再選一次。',
});
