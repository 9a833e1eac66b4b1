import { texts } from './language.ts';

export const kept = texts('kept', {
  kept: '瀏覽器答應保留存在這台裝置的資料。',
  refused: '瀏覽器沒有答應保留資料，空間不夠時可能清掉還沒送出的紀錄。',
  todo: '加到主畫面，再請它保留一次。',
  again: '這次也沒有答應。有網路就先傳送，別讓紀錄留太久。',
  ask: '請它保留',
});
