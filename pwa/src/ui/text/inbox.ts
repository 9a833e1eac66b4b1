import type { Code } from '../../wire/problems.ts';
import type { Finding } from '../../wire/states.ts';
import { filled } from './filled.ts';
import { texts } from './language.ts';

export const inbox = texts('inbox', {
  title: '待決定',
  explanation: '兩邊在互不知道時寫了不同的值，兩個都留著，由你決定',
  filter: '篩選待決定',
  all: '全部',
  rivals: '兩個值',
  finding: '待查',
  held: '保留待處理',
  oldestFirst: '舊的在前',
  empty: '沒有待決定的事。',
  emptyFiltered: '這一類沒有待決定的事。',
  gone: '這件已經決定了，或不在你的單位。',
  choose: '選一件來決定。',
  breaksSignature: '動到簽名',
  aboutMoney: '動到金額',
  between: filled('{values}，等了 {span}'),
  or: filled('{one} 或 {other}'),
  quoted: filled('「{words}」'),
  keys: '上下換件',
  decideKeys: '決定',
  question: filled('{field}，要用哪一個'),
  seeVoucher: '看整張憑證',
  seeCall: '看叫修',
  shownNow: '現在顯示',
  otherValue: '另一個值',
  writtenBy: filled('{role} {name}'),
  unknownAuthor: '看不到的人員',
  writtenAt: filled('{place}，{time} 寫入'),
  alsoBy: filled('還有 {names} 寫了一樣的'),
  kept: filled('客戶簽的就是 {value}，'),
  keptStrong: '簽名仍有效',
  broken: '和客戶簽的不同，',
  brokenStrong: '要請客戶重簽',
  keep: filled('保留 {value}'),
  take: filled('改用 {value}'),
  keepLong: '保留這個',
  takeLong: '改用這個',
  another: '另填',
  reason: '原因（和客戶簽的不同時必填）',
  useAnother: '用另填的',
  anotherMissing: '還沒填。',
  afterwards: '決定之後',
  signature: '客戶簽名',
  valid: '有效',
  invalid: '簽後變更，要重簽',
  closing: '結案歸檔',
  closingAllowed: '可以',
  closingBlocked: '重簽之前不能',
  phone: '技術員手機',
  phoneFollows: filled('下次同步看到 {value}'),
  phoneFollowsLong: '下次同步看到這個值',
  promise: '不管選哪個，兩個值、誰寫的、誰決定的都留在歷程，之後可以再改。',
  history: '歷程',
  decided: filled('{field}：{value}。其他的值留在歷程。'),
  notYours: '這一欄由別的職務決定。',
  managerOnly: '和客戶簽的不同，由服務主任決定。',
});

/** What is wrong with an entry, and what to do about it. */
export const findings = texts('findings', {
  changed_unseen: '有人沒看到簽名就改了內容',
  changed_after_signing: '簽名之後改過內容',
  finished_unsigned: '完成了，但客戶沒簽，也沒寫原因',
  closed_unsigned: '已結案，但客戶沒簽，也沒寫原因',
  unconfirmed: '客戶沒簽，等服務主任確認',
  free_with_fee: '免費服務記了費用',
  free_in_vain: '保證已到期，類別還是免費',
  contracted_in_vain: '叫修當天沒有有效的保養契約，類別是契約',
  work_on_withdrawn_call: '叫修撤銷了，技術員還是到了現場',
  work_after_calling_back: '派工取消了，技術員還是到了現場',
} satisfies Record<Finding, string>);

/** What to do about a visit that waits for its confirmation, where the call goes on after it. */
export const followedUp = texts('followedUp', {
  unconfirmed: '看原因和照片，需要時打電話給客戶，再確認。確認以後，這件還要再派。',
});

export const findingSteps = texts('findingSteps', {
  changed_unseen: '到待決定選一個值。',
  changed_after_signing: '請客戶重簽，或改回客戶簽的內容。重簽之前不能結案。',
  finished_unsigned: '請技術員補客戶簽名，或補寫沒簽的原因。',
  closed_unsigned: '請技術員補客戶簽名，或補寫沒簽的原因。憑證已經歸檔。',
  unconfirmed: '看原因和照片，需要時打電話給客戶，再確認。',
  free_with_fee: '把類別改成有費，或把費用改成 0。',
  free_in_vain: '把類別改成有費，或更正商品的保證日期。改好之前不能結案。',
  contracted_in_vain: '把類別改成有費，或登錄這台的保養契約。改好之前不能結案。',
  work_on_withdrawn_call: '紀錄都留著。要照這份紀錄結案，先恢復叫修。',
  work_after_calling_back: '紀錄都留著。照這份紀錄結案，或和技術員確認。',
} satisfies Record<Finding, string>);

/** Something that was written and not applied. */
export const heldTexts = texts('held', {
  title: filled('{kind}沒有套用'),
  unreadable: '讀不懂的內容',
  wrote: filled('{name}{place}，{time} 寫入'),
  received: filled('{time} 送到'),
  field: '欄位',
  wanted: '要寫的值',
  now: '現在的值',
  mayApply: '可以套用',
  mayNotApply: '不能套用',
  raw: '原文開頭',
  reason: '原因（必填）',
  apply: '套用',
  reject: '退回',
  applying: '處理中',
  applied: '已套用，由你具名。原件留在歷程。',
  rejected: '已退回。原件留在歷程。',
  onlyManager: '由服務主任套用或退回。',
  nothing: '這裡沒有你可以套用的內容。',
  failed: '保留待處理的讀不到。',
});

/** Why an operation was not applied, told to those who decide about it. */
export const heldReasons = texts('heldReasons', {
  'operation.malformed': '內容讀不懂。原件留著，可以退回。',
  'operation.text': '裡面有壞掉的字。退回，請寫的人重新輸入。',
  'operation.kind': '系統還不認得這種資料。更新後再處理。',
  'operation.field': '其中一欄系統還不認得。更新後再處理。',
  'operation.value': '有一欄的值不合規定。退回，請寫的人改好再存。',
  'operation.schema': '寫的版本比系統新。更新後再處理。',
  'operation.base': '查不出改之前看到的是什麼。比對現在的值再決定。',
  'operation.right': '寫的人的職務不能改這一欄。可以由你具名套用，或退回。',
  'operation.scope': '這一筆不在寫的人的單位。可以由你具名套用，或退回。',
  'operation.signature': '簽名和簽的內容對不上。退回，請客戶重簽。',
  'operation.group': '同一組裡有一筆有問題，整組都沒有套用。',
  'operation.erased':
    '客戶的個資已依要求刪除，寫的人還不知道。套用只寫入不是個資的欄位；決定以後，這筆的個資也會刪掉。',
  'operation.quarantine': '裝置停用後才送到，內容沒有少。放行就照他寫的算，不放行就退回。',
} satisfies Record<Extract<Code, `operation.${string}`>, string>);
