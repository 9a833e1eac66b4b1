import type { TakenBackWhy } from '../books/taken_back.ts';
import { filled } from './filled.ts';
import { texts } from './language.ts';

/** A job that was taken back while its technician, who could not know it, was at the customer's. */
export const meanwhile = texts('meanwhile', {
  office: '辦公室',
  cancelled: filled('{by} {time} 取消派給{technician}，他的手機還沒收到，照常到了現場。'),
  withdrawn: filled('{by} {time} 撤銷這件叫修，{technician}的手機還沒收到，照常到了現場。'),
  duplicate: filled('{by} {time} 把這件標為和另一件重複，{technician}的手機還沒收到，照常到了現場。'),
  because: filled('原因：{reason}'),
  signed: filled('{technician}的紀錄和客戶簽名都收到了，保留在憑證。'),
  unsigned: filled('{technician}的紀錄收到了，保留在憑證。客戶沒有簽名。'),
  under_way: filled('{technician}在現場的紀錄收到了，保留在憑證，還沒完成。'),
  instead: filled('已改派給{name}。'),
  callBack: filled('{name}不用去的話，先取消派給{name}。'),
});

/** What the office can do about it. */
export const meanwhileSteps = texts('meanwhileSteps', {
  cancelled: '照這份紀錄結案，還要修就再派。',
  withdrawn: '要照這份紀錄結案，先恢復叫修。不結案就留著，紀錄不會刪。',
  duplicate: '看另一件叫修，決定照哪一份結案。要照這份，先恢復叫修。',
} satisfies Record<TakenBackWhy, string>);
