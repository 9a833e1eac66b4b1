import type { BreachReason, Zone } from '../../wire/vocabulary.ts';
import type { arrivals } from '../text/arrivals.ts';
import { inputMoment } from '../text/when.ts';
import type { ArrivalRow } from './arrivals.ts';
import { csv } from './csv.ts';

/** The words and names that the file is written with. */
interface Words {
  readonly text: ReturnType<typeof arrivals.get>;
  readonly zones: Readonly<Record<Zone, string>>;
  readonly reasons: Readonly<Record<BreachReason, string>>;
  readonly unitName: (id: string) => string;
  readonly technicianName: (id: string) => string;
}

/** The month's calls as a spreadsheet opens them, the late ones first. */
export function csvOf(rows: readonly ArrivalRow[], { text, zones, reasons, unitName, technicianName }: Words): string {
  const moment = (at: number | undefined) => (at === undefined ? '' : inputMoment(at).replace('T', ' '));
  const { call, unit, customer, district, zone, byTechnician, received, due, arrived, minutes, reason, note } = text;
  const head = [call, unit, customer, district, zone, byTechnician, received, due, arrived, minutes, reason, note];
  return csv([
    head,
    ...rows.map((row) => [
      row.number,
      unitName(row.unit),
      row.customer,
      row.district,
      zones[row.zone],
      technicianName(row.technician),
      moment(row.receivedAt),
      moment(row.dueAt),
      moment(row.arrivedAt),
      row.late ? -row.minutes : 0,
      row.reason ? reasons[row.reason] : '',
      row.note,
    ]),
  ]);
}
