import { filled } from './filled.ts';
import { texts } from './language.ts';

/** The page on which a unit sets the phrases and fee items of its technicians' phones. */
export const presets = texts('presets', {
  title: '常用語與費用',
  unit: '單位',
  phrases: filled('{list}的常用語'),
  fees: '費用項目',
  add: '新增',
  addPhrase: filled('新增{list}的常用語'),
  editPhrase: filled('改{list}的常用語'),
  addFee: '新增費用項目',
  editFee: '改費用項目',
  text: '常用語',
  textHint: '手機上按一下就寫進去，短一點好按',
  product: '只用在這種商品',
  productHint: '品名有這個詞才出現，例如冰箱。空白就都出現',
  only: filled('只用在{product}'),
  name: '項目',
  amount: '金額（元）',
  kind: '種類',
  up: filled('把{name}往上移'),
  down: filled('把{name}往下移'),
  edit: filled('改{name}'),
  remove: filled('拿掉{name}'),
  removed: filled('{name}已拿掉。'),
  save: '存檔',
  missing: '還沒填。',
  taken: '已經有這一個。',
  unreadable: '填整數金額，例如 500。',
  shipped: filled('還沒有自己的常用語，手機用內建的：{phrases}。'),
  begin: '用內建的開始',
  noFees: '還沒有費用項目。新增以後，技術員在手機上按項目就加進費用。',
  note: '改了以後，手機下次同步就換成新的。接叫修時的「情形」也用故障的常用語。',
});

/** The four categories of the policy: what they are is no setting. */
export const categories = texts('categories', {
  title: '類別',
  fixed: '公司規定，各單位都一樣，不能改。',
});

/** When a call or a visit is of a category, and what it costs then (1-1; F001 to F006). */
export const categoryRules = texts('categoryRules', {
  paid: '過了保證期，也沒有契約。費用照費用項目，或現場寫的金額。保證期內是客戶損壞的，寫原因改成有費。',
  contract: '叫修當天商品在保養契約期內。契約含的次數內不收費，超過的照契約的單價。',
  warranty: '叫修當天商品在保證期內。不收費。',
  admin: '不是為客戶做的：工作檢查、零件管理、工具維護、訓練等，記在行政工作。',
});
