import { filled } from './filled.ts';
import { texts } from './language.ts';

/** The parts that were used on a visit (F030). */
export const usedParts = texts('usedParts', {
  title: '零件',
  plain: filled('{name} ×{count}'),
  numbered: filled('{name}（{number}）×{count}'),
  quantity: filled('{name} 的數量'),
  recent: '最近用過的零件',
  add: '加零件',
  name: '零件名稱',
  number: '料號（可不寫）',
  put: '加進來',
  nameMissing: '先寫零件名稱。',
  full: '一次服務最多記 30 種零件。',
});
