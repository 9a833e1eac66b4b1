import type { CallState, VoucherState } from '../../wire/states.ts';
import type {
  AbsenceReason,
  AdminWork,
  BreachReason,
  Channel,
  ContactChannel,
  ContactResult,
  DayKind,
  FeeKind,
  PhraseList,
  Place,
  Role,
  SignerRole,
  UndoneNext,
  UndoneReason,
  UnitKind,
  UnsignedReason,
  VisitOutcome,
  VoucherOrigin,
  Zone,
} from '../../wire/vocabulary.ts';
import { texts } from './language.ts';

/** The words of each vocabulary, for screens that show values of any field. */
export const roles = texts('roles', {
  clerk: '業務員',
  technician: '技術員',
  service_manager: '服務主任',
  branch_manager: '經理',
  accountant: '會計員',
  service_department: '服務部',
  vice_gm: '副總經理',
  aftersales_member: '售後服務人員',
  aftersales_leader: '售後服務組長',
  sales_director: '銷售總監',
  sales_manager: '銷售經理',
  sales_rep: '銷售人員',
  management_committee: '管理委員會',
  tech_support: '技術支撐部門',
  hr: '勞動人事',
  employee: '員工',
  admin: '管理員',
  auditor: '稽核員',
} satisfies Record<Role, string>);

export const channels = texts('channels', {
  phone: '電話',
  letter: '信件',
  web: '網頁',
  email: '電子郵件',
  counter: '臨櫃',
} satisfies Record<Channel, string>);

export const zones = texts('zones', { urban: '市區', suburban: '郊區' } satisfies Record<Zone, string>);

/** What general administrative work is (1-1(4)). */
export const adminWorks = texts('adminWorks', {
  inspection: '工作檢查',
  parts: '零件管理',
  tools: '設備工具維護',
  training: '短期在職訓練',
  other: '其他',
} satisfies Record<AdminWork, string>);

export const breachReasons = texts('breachReasons', {
  traffic: '交通',
  earlier_job: '前一件延誤',
  nobody_free: '人手不足',
  waited_for_parts: '等零件',
  customer_asked: '客戶要求晚到',
  wrong_address: '地址有誤',
  weather: '天候',
  other: '其他',
} satisfies Record<BreachReason, string>);

export const absenceReasons = texts('absenceReasons', {
  annual: '特休',
  sick: '病假',
  personal: '事假',
  official: '公假',
  training: '受訓',
  other: '其他',
} satisfies Record<AbsenceReason, string>);

export const dayKinds = texts('dayKinds', {
  holiday: '放假',
  make_up: '補班',
  closure: '停班',
  special: '特別時間',
} satisfies Record<DayKind, string>);

export const phraseLists = texts('phraseLists', {
  fault: '故障',
  action: '處理',
} satisfies Record<PhraseList, string>);

export const feeKinds = texts('feeKinds', {
  inspection: '檢查',
  labour: '工資',
  travel: '車馬費',
  other: '其他',
} satisfies Record<FeeKind, string>);

export const outcomes = texts('outcomes', {
  fixed: '修好',
  no_fault: '無異常',
  follow_up: '要再來',
  not_repaired: '不修了',
} satisfies Record<VisitOutcome, string>);

export const unsignedReasons = texts('unsignedReasons', {
  absent: '客戶不在',
  refused: '客戶不簽',
} satisfies Record<UnsignedReason, string>);

export const undoneReasons = texts('undoneReasons', {
  customer_absent: '客戶不在',
  no_parts: '沒有零件',
  needs_workshop: '現場修不好',
  needs_second_person: '要兩個人',
  no_access: '進不去或不安全',
  price_declined: '未同意報價',
  other: '其他',
} satisfies Record<UndoneReason, string>);

export const undoneNexts = texts('undoneNexts', {
  send_again: '再派一次',
  customers_time: '改約時間',
  workshop: '攜回修護',
  give_up: '不修了',
} satisfies Record<UndoneNext, string>);

export const contactChannels = texts('contactChannels', {
  phone: '電話',
  message: '訊息',
  door: '到現場',
} satisfies Record<ContactChannel, string>);

export const contactResults = texts('contactResults', {
  reached: '聯絡到了',
  no_answer: '沒聯絡到',
  refused_call: '不便談',
  asked_later: '要改時間',
} satisfies Record<ContactResult, string>);

/** In which capacity somebody signs. */
export const signerRoles = texts('signerRoles', {
  customer: '本人',
  family: '家人',
  colleague: '同事',
  guard: '大樓管理員',
  other_person: '其他人',
} satisfies Record<SignerRole, string>);

export const places = texts('places', { field: '在現場', office: '在辦公室' } satisfies Record<Place, string>);

export const unitKinds = texts('unitKinds', {
  center: '服務中心',
  branch: '分公司服務組',
} satisfies Record<UnitKind, string>);

export const origins = texts('origins', {
  at_sale: '售出時建立',
  at_call: '叫修時建立',
} satisfies Record<VoucherOrigin, string>);

export const callStates = texts('callStates', {
  received: '未派工',
  dispatched: '已派工',
  en_route: '前往中',
  arrived: '施作中',
  send_again: '要再派',
  completed_on_site: '待結案',
  closed: '已結案',
  withdrawn: '已撤銷',
  duplicate: '重複叫修',
} satisfies Record<CallState, string>);

export const voucherStates = texts('voucherStates', {
  in_file: '在檔',
  awaiting_dispatch: '送派',
  checked_out: '攜出',
  retired: '停用',
} satisfies Record<VoucherState, string>);
