import { expect, test } from 'vitest';
import { lanesOf } from '../../src/ui/office/board.ts';
import { dayList, jobsOf } from '../../src/ui/office/board_file.ts';
import { csv } from '../../src/ui/office/csv.ts';
import { board } from '../../src/ui/text/board.ts';
import { parts } from '../../src/ui/text/parts.ts';
import { seals } from '../../src/ui/text/register.ts';
import { at, books, doc } from './made.ts';

const call = (id: string, name: string, over: object = {}) =>
  doc('service_call', id, {
    ...{ unit: 'ban', contact_name: name, contact_phone: '02-2960-1188', address: '板橋區文化路 1 號', asset: 'a' },
    ...{ category: 'paid', symptom: '漏水, 很吵', number: `BAN-${id}`, received_at: at(9), ...over },
  } as const);
const sent = (id: string, planned_at: number) =>
  doc('dispatch', id, { unit: 'ban', call: id, technician: 'lin', planned_at, dispatched_at: at(8) });

test('the day goes into a spreadsheet job by job, without what is only proposed', () => {
  const proposed = { proposed_technician: 'lin', proposed_for: at(15), proposed_by: 'lin' };
  const all = books(
    doc('user', 'lin', { name: '林志豪' }),
    doc('role_grant', 'g', { unit: 'ban', user: 'lin', role: 'technician' }),
    doc('asset', 'a', { unit: 'ban', product: '洗衣機', model_no: 'KW-130' }),
    ...[call('2', '陳美惠'), sent('2', at(13))],
    ...[call('1', '王建國'), sent('1', at(9))],
    doc('service_visit', '1', { unit: 'ban', call: '1', arrived_at: at(9, 5), finished_at: at(10), outcome: 'fixed' }),
    call('3', '周麗華', proposed),
  );
  const words = { text: board.get(), categories: parts.get(), states: { ...seals.get(), finished: '已完成' } };
  const file = csv(dayList(jobsOf(all, lanesOf(all, { unit: 'ban', day: at(0), now: at(11) })), words));
  const phone = '02-2960-1188';
  expect(file).toBe(
    [
      '\uFEFF技術員,預定到達,客戶,電話,地址,商品,類別,情形,狀態,到達,完成,叫修號碼',
      `林志豪,2026-11-23 09:00,王建國,${phone},板橋區文化路 1 號,洗衣機 KW-130,有費,"漏水, 很吵",已完成,2026-11-23 09:05,2026-11-23 10:00,BAN-1`,
      `林志豪,2026-11-23 13:00,陳美惠,${phone},板橋區文化路 1 號,洗衣機 KW-130,有費,"漏水, 很吵",還沒出發,,,BAN-2`,
      '',
    ].join('\r\n'),
  );
});
