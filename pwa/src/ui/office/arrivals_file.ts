import type { BreachReason, Zone } from '../../wire/vocabulary.ts';
import type { arrivals } from '../text/arrivals.ts';
import type { ArrivalRow } from './arrivals.ts';
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
