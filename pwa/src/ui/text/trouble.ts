import { texts } from './language.ts';

/** What this device itself knows about why something was not done. */
export const trouble = texts('trouble', {
  unreachable: '連不到辦公室，這件事還沒做。',
  unreachableNext: '有網路時再試一次。',
  notReady: '這台裝置還沒和辦公室連上過，不能記錄。',
  notReadyNext: '連上網路再試一次。',
  tooLarge: '內容太長，沒有存。',
  tooLargeNext: '寫的都還在。縮短再存。',
  notTaken: '檔案沒有交出去。',
  notTakenNext: '紀錄都還在這台裝置。要留存就再匯出一次。',
  noRoom: '照片存不下，手機空間不足。紀錄已存好。',
  noRoomNext: '先刪影片再拍。',
  noPicture: '這個檔案不是照片，沒有存。',
  noPictureNext: '紀錄都還在。再拍一次。',
  full: '存不下，空間不足。',
  fullNext: '寫的都還在。先清出空間再存。',
  disk: '這個畫面開太久，存不進去。',
  diskNext: '重新載入再存一次。',
});
