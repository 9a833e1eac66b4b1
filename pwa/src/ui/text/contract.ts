import type { ContractState } from '../books/contracts.ts';
import { filled } from './filled.ts';
import { texts } from './language.ts';

/** What a contract allows, in one line beside the product. */
export const contractTag = texts('contractTag', {
  left: filled('保養契約，剩 {count} 次'),
  any: '保養契約，不限次數',
  usedUp: '保養契約，次數已用完',
  usedUpFee: filled('保養契約，次數已用完，每次 {money}'),
});

export const contractStates = texts('contractStates', {
  coming: '還沒開始',
  active: '有效',
  ending: '快到期',
  over: '已到期',
} satisfies Record<ContractState, string>);

/** The list of maintenance contracts, and one of them. */
export const contracts = texts('contracts', {
  title: '保養契約',
  filter: '篩選契約',
  all: '全部',
  search: '客戶、契約編號',
  add: '登錄契約',
  number: '契約編號',
  unnumbered: '沒有編號',
  customer: '客戶',
  period: '期間',
  products: '商品',
  left: '剩餘次數',
  any: '不限',
  anyHint: '不填就是不限次數',
  state: '狀態',
  empty: '還沒有保養契約。契約簽好後在這裡登錄，叫修時就會自動選「契約」。',
  emptyFiltered: '沒有符合的契約。',
  choose: '選一份契約看內容。',
  gone: '找不到這份契約，可能不在你的單位。',
  from: '起日',
  until: '迄日',
  included: '包含次數',
  includedAny: '不限次數',
  includedLeft: filled('{count} 次，剩 {left} 次'),
  extraFee: '超次費用',
  note: '備註',
  edit: '修改',
  history: '歷程',
  covered: filled('契約商品 {count} 台'),
  nothingCovered: '還沒有加入商品，叫修時不會算契約。',
  remove: filled('移出{product}'),
  removed: filled('{product}已移出契約。'),
  addProduct: filled('加入 {product}'),
  others: '這位客戶的其他商品',
  served: filled('已服務 {count} 次'),
  nothingServed: '還沒有用過。',
  servedNote: '一件叫修算一次，跑幾趟都算一次；有費和保證期內免費的不算。',
  whose: '哪一位客戶的契約？',
  find: '客戶名稱或電話',
  nobody: '沒有這位客戶。先在接叫修或匯入建立客戶。',
  ended: filled('契約已於 {date} 到期'),
  openContract: '看契約',
  addedProduct: filled('{product}已加入契約。'),
});
