import type { BreachReason, Zone } from '../../wire/vocabulary.ts';
import type { arrivals } from '../text/arrivals.ts';
import { type ArrivalRow, percent, type Rate } from './arrivals.ts';
import { momentCell, type Rows } from './list_files.ts';

/** The words and names that the file is written with. */
interface Words {
  readonly text: ReturnType<typeof arrivals.get>;
  readonly zones: Readonly<Record<Zone, string>>;
  readonly reasons: Readonly<Record<BreachReason, string>>;
  readonly unitName: (id: string) => string;
  readonly technicianName: (id: string) => string;
}

/** The month's calls, the late ones first. */
export function arrivalList(
  rows: readonly ArrivalRow[],
  { text, zones, reasons, unitName, technicianName }: Words,
): Rows {
  const { call, unit, customer, district, zone, byTechnician, received, due, agreed, arrived, minutes, reason, note } =
    text;
  const head = [
    call,
    unit,
    customer,
    district,
    zone,
    byTechnician,
    received,
    due,
    agreed,
    arrived,
    minutes,
    reason,
    note,
  ];
  return [
    head,
    ...rows.map((row) => [
      row.number,
      unitName(row.unit),
      row.customer,
      row.district,
      zones[row.zone],
      technicianName(row.technician),
      momentCell(row.receivedAt),
      momentCell(row.dueAt),
      row.agreed ? text.yes : '',
      momentCell(row.arrivedAt),
      row.late ? -row.minutes : 0,
      row.reason ? reasons[row.reason] : '',
      row.note,
    ]),
  ];
}

/** The rates of one part of the month's calls, as the page heads it. */
export interface RatePart {
  readonly head: string;
  readonly rates: readonly Rate[];
  readonly name: (id: string) => string;
}

/** How many of the month's calls were late: of all of them, and of each part by its name. */
export function rateList(
  month: string,
  { whole, agreed }: Readonly<Record<'whole' | 'agreed', Rate>>,
  parts: readonly RatePart[],
  text: Words['text'],
): Rows {
  const figures = (rate: Rate) => [rate.total, rate.late, percent(rate)];
  return [
    [text.monthHead, text.part, text.name, text.total, text.late, text.rate],
    [month, text.whole, '', ...figures(whole)],
    ...parts.flatMap(({ head, rates, name }) => rates.map((rate) => [month, head, name(rate.id), ...figures(rate)])),
    // Of these no rate is told: an appointment is never as one in time (A14).
    ...(agreed.total > 0 ? [[month, text.agreed, '', agreed.total, agreed.late, '']] : []),
  ];
}
