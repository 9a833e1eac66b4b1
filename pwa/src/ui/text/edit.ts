import { filled } from './filled.ts';
import { texts } from './language.ts';

/** The form that changes fields of one document. */
export const edit = texts('edit', {
  title: filled('修改{kind}'),
  save: '存檔',
  saved: '已存檔。',
  nothing: '沒有改任何一欄。',
  whyChanged: '改了市區或郊區，要寫原因。',
  whyArrived: '改了到達時間，要寫原因。',
  whyPaid: '還在保證期內，改為有費要寫原因，例如客戶損壞。',
  newTitle: filled('登錄{kind}'),
  required: '要填。',
  reversed: '迄日在起日之前。',
  refused: '保證或契約不包含這台，不能選這個類別。',
  taxId: '統一編號不對，對一下 8 個數字。',
  unreadable: '讀不懂。照格式再打一次。',
  zoneUnknown: '地區表沒有這個地區，請自己選。',
});
