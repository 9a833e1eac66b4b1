import type { LossState } from '../../wire/vocabulary.ts';
import { filled } from './filled.ts';
import { texts } from './language.ts';

export const healing = texts('healing', {
  title: '還原報告',
  losses: '一直沒送到的紀錄',
  partings: '複製或還原過的裝置',
  files: '還沒收到的照片和簽名',
  changes: '資料庫還原',
  noLosses: '沒有缺少的紀錄。',
  noPartings: '沒有裝置是複製的或還原過的。',
  noFiles: '紀錄裡的照片和簽名都在。',
  noChanges: '資料庫沒有換成較舊的過。',
  stale: '以下是上次讀到的。',
  retry: '再讀一次',
  whose: filled('{device}（{name}）'),
  somebody: '已不在名單的人員',
  gone: '已不在名單的裝置',
  officeItself: '系統自己寫的（派工、編號、停用等），由各裝置保管',
  lost: filled('{count} 筆沒送到'),
  lostSince: filled('{time} 起的 {count} 筆沒送到'),
  saidAt: filled('裝置最後提到是 {time}。'),
  successor: filled('他後來登記了「{device}」。'),
  settle: '不用再等',
  settleTitle: filled('{who}的 {count} 筆不用再等'),
  settleBody: '這件標成已處理，原因記在稽核紀錄。之後要是送到，還是會收下。',
  settled: filled('{name} {time} 處理：{reason}'),
  settledTag: '已處理',
  seenAt: filled('{time} 發現'),
  copied: '兩台都在用同一個身分，其中一台是複製的。停用這台裝置，兩台各自重新登記。',
  putBack: '這台的資料退回較早的樣子：從備份還原，或複製自另一台。問用的人最近有沒有換手機或還原。',
  branches: filled('辦公室原來有 {here} 筆是這台不知道的，這台後來寫了 {there} 筆。兩邊都留著，不同的值在待決定。'),
  here: '原來的',
  there: '這台的',
  read: '看過了',
  readTitle: filled('{who}：看過了'),
  readBody: '這件標成已處理，原因記在稽核紀錄。兩邊的紀錄都不會動。',
  change: filled('{time} 換成較舊的資料庫'),
  byCommand: '用還原指令放回備份。',
  byDevice: filled('沒有用還原指令，由{who}連上時發現。'),
  reached: filled('之後至少還有 {lost} 次寫入，各裝置補回 {back} 次。'),
  unreached: '之後還有多少寫入，沒有裝置提到。',
  returned: '補回的',
  nothingBack: '還沒有裝置補回紀錄。',
  operations: '紀錄筆數',
  documents: '資料份數',
  when: '原來收到',
  whenSpan: filled('{from} 到 {to}'),
  unproven: filled('{count} 筆沒有回條，收到時間重新記'),
  keptElsewhere: filled('{count} 筆由其他裝置代為保存'),
  device: '裝置',
  awaited: '還沒回來的裝置',
  allBack: '原來的裝置都連上過了。',
  lastSeen: filled('上次連上 {time}'),
  neverSeen: '沒有連上過',
  file: '檔案',
  about: '客戶',
  whoseFile: '在誰的裝置上',
  capturedAt: '拍下或簽名',
  fileState: '會不會來',
  nobodyHas: '沒有人有',
  stillAwaited: '還在等',
  moreFiles: '只列出一部分，還有更多。',
  unknownAbout: '不知道是誰的',
  cameWithout: filled('{time} 收到紀錄，沒有檔案'),
  wasHere: filled('原來有，{time} 發現不在了'),
});

/** Why something that was announced is not there, and what to do. */
export const lossStates = texts('lossStates', {
  awaited: '裝置剛連上，可能還在補送。過十分鐘再看。',
  silent: '裝置超過一天沒連上。請他打開程式、連上網路。',
  revoked: '裝置已停用。沒送出的紀錄還在裝置上，請他匯出檔案。',
  gone: '裝置連上過，這些紀錄已經不在裝置上。請他補登。',
  emptied: '裝置的瀏覽器把資料清掉了。請他補登，並加到主畫面。',
} satisfies Record<LossState, string>);

/** What may be expected of the device that took a photo or a signature of which the file is not here. */
export const fileStates = texts('fileStates', {
  awaited: '裝置連上網路就會送來',
  silent: '裝置超過一天沒連上，請他打開程式',
  revoked: '裝置已停用，打開程式連上網路會交回',
  gone: '裝置上已經沒有了，請他補拍或補簽',
  emptied: '裝置的瀏覽器把資料清掉了，請他補拍或補簽',
} satisfies Record<LossState, string>);

/** Closing a call of which not every file is here. */
export const closeWithout = texts('closeWithout', {
  title: '照片或簽名還沒到齊',
  means: '結案後還是會收。已經沒有的，先請技術員補拍或補簽。',
  file: filled('{what}（{time}），在{who}上'),
  close: '照樣結案並歸檔',
});

/** What a record has a file of. */
export const fileKinds = texts('fileKinds', { photo: '照片', signature: '客戶簽名' });
