import { filled } from './filled.ts';
import { texts } from './language.ts';

/** Photos of a visit, on the phone and in the office. */
export const photo = texts('photo', {
  title: '照片',
  count: filled('{count} 張'),
  none: '還沒有照片。',
  take: '拍照',
  taking: '照片處理中',
  most: filled('最多 {count} 張，已經滿了。要再拍，先刪一張。'),
  open: filled('第 {place} 張照片，{state}'),
  openNamed: filled('照片：{caption}，{state}'),
  pending: '仍在手機上',
  sending: '傳送中',
  refused: '辦公室沒收下',
  delivered: '已送達',
  caption: '說明',
  takenState: filled('{time} 拍攝，{state}'),
  takenBy: filled('{time} {name} 拍攝'),
  place: filled('位置 {latitude}, {longitude}（誤差 {accuracy} 公尺）'),
  placeUnknown: '沒有位置',
  map: '在地圖看',
  remove: '刪除照片',
  removed: '照片刪除了。',
  close: '關閉',
  previous: '上一張',
  next: '下一張',
  loading: '照片讀取中',
  onPhone: '照片仍在手機上',
  onPhoneSize: filled('照片仍在手機上，{size}'),
  noFile: '照片不在這台裝置，連上網路就看得到。',
});
