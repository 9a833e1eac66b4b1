/** The mark by which a spreadsheet knows that a file is UTF-8: without it Chinese text is garbled in Excel. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A cell that begins so is a formula to a spreadsheet: whoever opens the file would run it. */
const FORMULA = /^[=+\-@\t\r]/;

/** Rows as a CSV file that spreadsheets open as they are (RFC 4180). */
export function csv(rows: ReadonlyArray<ReadonlyArray<string | number>>): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
