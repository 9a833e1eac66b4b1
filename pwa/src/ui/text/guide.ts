import { filled } from './filled.ts';
import { texts } from './language.ts';

/** What stands around the user guide; the guide itself is docs/guide, in Traditional Chinese alone. */
export const guide = texts('guide', {
  title: '使用說明',
  contents: '目錄',
  find: '找一段說明',
  nothing: '沒有這樣的說明。少打幾個字，或換個說法再找。',
  before: '上一段',
  after: '下一段',
  print: '列印',
  whose: '誰的說明',
  onlyChinese: '說明只有繁體中文。',
  larger: filled('{picture}，按一下放大'),
  noPicture: filled('{picture}。圖還沒存到這台裝置，連上網路就看得到。'),
  notLoaded: '說明沒有載入。',
  notLoadedNext: '連上網路再打開一次。',
});
