import type { Health } from '../../wire/bodies.ts';
import type { Advice, Wellness } from '../../wire/vocabulary.ts';
import { filled } from './filled.ts';
import { texts } from './language.ts';

export const health = texts('health', {
  again: '重新檢查',
  asOf: filled('{time} 檢查'),
  allWell: '一切正常，不用做什麼。',
  look: filled('有 {count} 項要留意，怎麼做寫在下面。'),
  bad: filled('有 {count} 項要處理，怎麼做寫在下面。'),
  offline: '現在連不到伺服器。系統狀態只有伺服器知道，連上後會自動檢查。',
  open: filled('打開「{page}」'),
  version: filled('{version} 版'),
  startedAt: filled('{time} 啟動'),
  notRunning: '沒有在執行',
  database: filled('資料庫 {kind} {size}'),
  files: filled('照片和簽名 {size}'),
  disk: filled('磁碟剩 {free}（{share}%）'),
  never: '還沒有備份過',
  readBack: '讀得回來',
  notReadBack: '讀不回來',
  lacks: filled('缺 {count} 個檔案'),
  active: filled('使用中 {count} 台'),
  silent: filled('3 天沒連上又有沒送出的 {count} 台'),
  handedIn: filled('停用後交回待處理 {devices} 台、{count} 筆'),
  held: filled('保留待處理 {count} 筆'),
  heldSince: filled('最早 {time}'),
  rivals: filled('兩個值待選 {count} 件'),
  missing: filled('還沒收到的照片和簽名 {count} 件'),
  missingMore: filled('還沒收到的照片和簽名 {count} 件以上'),
  gone: filled('其中找不到的 {count} 件'),
  restoredAt: filled('上次 {time}'),
  notRestored: '沒有還原過',
  awaited: filled('還沒回來的裝置 {count} 台'),
  losses: filled('一直沒送到 {count} 件'),
  partings: filled('複製或還原過的裝置 {count} 件'),
  entries: filled('共 {count} 筆'),
  checked: filled('最近 {count} 筆和當時寫下的相同'),
  broken: filled('最近 {count} 筆裡有 {broken} 筆不符'),
  units: filled('{count} 個單位'),
  withoutHolidays: filled('缺 {year} 年：{units}'),
  apart: filled('資料庫和主機差 {seconds} 秒'),
});

/** How a fact stands. */
export const wellness = texts('wellness', {
  well: '正常',
  look: '要留意',
  bad: '要處理',
} satisfies Record<Wellness, string>);

/** What the facts are about. */
export const healthFacts = texts('healthFacts', {
  server: '程式',
  storage: '資料和磁碟',
  backup: '備份',
  devices: '裝置',
  waiting: '等人處理',
  restore: '還原',
  audit: '稽核紀錄',
  holidays: '國定假日',
  clock: '時鐘',
} satisfies Record<Exclude<keyof Health, 'at' | 'wellness'>, string>);

/** What to do about each thing that is not well. */
export const healthAdvice = texts('healthAdvice', {
  not_running: '沒有程式在服務。在主機上重新啟動。',
  disk_low: '磁碟快滿了。清掉不用的檔案，或換大一點的磁碟。',
  disk_full: '磁碟要滿了，滿了就收不進手機送來的紀錄。現在就清出空間。',
  backup_never: '在主機上備份一次，之後每天一次。做法看使用說明的「備份與還原」。',
  backup_unreadable: '最近一次的備份檔讀不回來。換一個磁碟再備份一次。',
  backup_very_old: '超過 7 天沒有備份。現在備份一次，再查每天的備份為什麼停了。',
  backup_old: '超過 26 小時沒有備份。查每天的備份有沒有照時間做。',
  backup_lacks_files: '有照片或簽名不見了，備份裡沒有。從較早的備份找，還原到另一台看。',
  devices_silent: '有裝置 3 天沒連上，還有沒送出的紀錄。請用的人打開程式、連上網路。',
  quarantine_waiting: '停用的裝置交回了紀錄。請服務主任在「待決定」放行或退回。',
  held_waiting: '有紀錄等了超過 3 天。請服務主任到「待決定」處理。',
  files_gone: '有照片或簽名在哪台裝置上都找不到。請技術員補拍，或請客戶補簽，明細在還原報告。',
  devices_awaited: '還原之後還有裝置沒連上。請用的人打開程式；不再用的裝置就停用。',
  report_open: '還原報告裡還有沒處理的，逐件處理。',
  audit_broken: '資料庫可能被改過。先備份現在的樣子，再聯絡系統負責人。',
  holidays_missing: '有單位沒有今年的國定假日，放假日也在算到達時限。請服務主任到「服務時間」載入。',
  holidays_due: '有單位還沒有明年的國定假日。年底前請服務主任到「服務時間」載入。',
  clock_off: '主機和資料庫的時鐘差太多。兩台都打開自動校時。',
} satisfies Record<Advice, string>);
