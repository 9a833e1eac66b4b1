import type { Category } from '../../wire/vocabulary.ts';

/** The letters that the forms have always used for the four categories of service (policy 1-1). */
export const CATEGORY_LETTER: Readonly<Record<Category, string>> = {
  paid: 'A',
  contract: 'B',
  warranty: 'C',
  admin: 'D',
};
