import { expect, test } from 'vitest';
import { plannedFor, techniciansFor } from '../../src/ui/office/technicians.ts';
import { at, books, DAY_MS, doc } from './made.ts';

const call = doc('service_call', 'x', { unit: 'ban' });
const grant = (user: string, over: object = {}) =>
  doc('role_grant', `g-${user}`, { user, unit: 'ban', role: 'technician', ...over });
const job = (id: string, technician: string, plannedAt: number, over: object = {}) =>
  doc('dispatch', id, { unit: 'ban', call: id, technician, dispatched_at: at(8), planned_at: plannedAt, ...over });
const nothing = { list: [], read: true, error: undefined };
const people = [
  doc('user', 'lin', { name: '林志豪' }),
  doc('user', 'chou', { name: '周俊宏' }),
  doc('user', 'left', { name: '謝育德', deactivated_at: 1 }),
  doc('user', 'hsu', { name: '許家銘' }),
];

test('only people who are technicians of the unit today can be sent', () => {
  const all = books(
    ...people,
    grant('lin'),
    grant('left'),
    grant('chou', { ended_at: 1 }),
    grant('hsu', { unit: 'tyn' }),
  );
  expect(techniciansFor(all, nothing, call, at(10)).map(({ name }) => name)).toEqual(['林志豪']);
});

test('whoever has least to do is first, with his day as his phone told it', () => {
  const all = books(
    ...people,
    grant('lin'),
    grant('chou'),
    doc('service_call', 'j-1', { customer: 'c', contact_name: '陳美惠' }),
    job('j-1', 'lin', at(9)),
    job('j-2', 'lin', at(11)),
    job('j-0', 'lin', at(9) - DAY_MS),
    job('j-3', 'lin', at(13), { cancelled_at: at(8) }),
    job('j-4', 'chou', at(9)),
    doc('service_visit', 'j-1', { arrived_at: at(9, 12), en_route_at: at(8, 50) }),
    doc('service_visit', 'j-4', { finished_at: at(9, 40) }),
  );
  const [chou, lin] = techniciansFor(all, nothing, call, at(10));
  expect(chou).toMatchObject({ name: '周俊宏', jobs: 1, finished: 1, now: undefined, contact: undefined });
  expect(lin).toMatchObject({
    jobs: 2,
    finished: 0,
    planned: [at(11)],
    now: { customer: '陳美惠', state: 'on_site' },
  });
});

test('F006 whoever is at general work is shown so', () => {
  const time = { user: 'lin', work: 'parts', started_at: at(9) } as const;
  const working = (fields: object) =>
    techniciansFor(
      books(...people, grant('lin'), doc('admin_time', 't', { ...time, ...fields })),
      nothing,
      call,
      at(10),
    ).map((one) => one.working);
  expect([working({}), working({ ended_at: at(9, 30) })]).toEqual([['parts'], [undefined]]);
});

test('what was to be done for a call that was taken back is no work of his day, what was done for it is', () => {
  const all = books(
    ...people,
    grant('lin'),
    doc('service_call', 'j-1', { contact_name: '陳美惠', withdrawn_at: at(9) }),
    doc('service_call', 'j-2', { contact_name: '王建國', closed_at: at(10) }),
    doc('service_call', 'j-3', { contact_name: '周麗華', duplicate_of: 'j-2' }),
    ...[job('j-1', 'lin', at(11)), job('j-2', 'lin', at(9)), job('j-3', 'lin', at(14))],
    doc('service_visit', 'j-2', { arrived_at: at(9), finished_at: at(9, 40) }),
  );
  expect(techniciansFor(all, nothing, call, at(10))[0]).toMatchObject({ jobs: 1, finished: 1, planned: [] });
});

test('whose phone was never in touch is not the first choice, though he has least to do', () => {
  const heard = {
    device: 'p',
    at: at(9),
    pending: 0,
    oldest_pending_at: null,
    app: '0',
    repairs: null,
    toldAt: at(10),
  };
  const all = books(
    ...people,
    grant('lin'),
    grant('chou'),
    job('j-1', 'lin', at(11)),
    doc('device', 'p', { user: 'lin', place: 'field' }),
  );
  const ranked = techniciansFor(all, { list: [heard], read: true, error: undefined }, call, at(10));
  expect(ranked.map(({ name, unheard }) => [name, unheard])).toEqual([
    ['林志豪', false],
    ['周俊宏', true],
  ]);
});

test('whoever is on his way to this call already is told apart', () => {
  const all = books(...people, grant('lin'), grant('chou'), job('d', 'lin', at(11), { call: 'x' }));
  expect(techniciansFor(all, nothing, call, at(10)).map(({ name, sent }) => [name, sent])).toEqual([
    ['周俊宏', false],
    ['林志豪', true],
  ]);
});

test('the appointment is proposed while it is to come, else the next half hour', () => {
  const promised = doc('service_call', 'y', { appointment_at: at(15) });
  expect([plannedFor(promised, at(10)), plannedFor(promised, at(16)), plannedFor(call, at(10, 1))]).toEqual([
    at(15),
    at(16, 30),
    at(10, 30),
  ]);
});
