import type { DecimalSign } from './number.ts';
import { type Delimiter, delimiters, readRecord } from './records.ts';

/** The decimal sign of a table: semicolons come with decimal commas, from Excel in most of Europe and South America and R's `write.csv2`. */
export const decimalOf = (delimiter: string): DecimalSign => (delimiter === ';' ? ',' : '.');

/** What separates the cells of a table, by its header: the delimiter that is most often in it outside of quotes. */
export function delimiterOf(header: string): Delimiter {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: Delimiter) => bare.split(delimiter).length;
  return delimiters.reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** The same by a record that is no header, of a table of so many columns: decimal commas in it do not count. */
export function delimiterOfCells(record: string, columns: number): Delimiter {
  if (columns === 1) return ',';
  return delimiters.findLast((each) => readRecord(record, each)?.length === columns) ?? delimiterOf(record);
}

/** The delimiter that Excel's line before the header names, such as `sep=;`. */
export const separatorOf = (line: string): Delimiter | undefined =>
  /^"?sep=([,;\t])"?$/i.exec(line)?.[1] as Delimiter | undefined;

/** Whether a line is passed over: it has nothing but spaces. A tab in a table with tabs separates two empty cells. */
export const isBlank = (line: string, delimiter: string): boolean =>
  line.trim() === '' && !(delimiter === '\t' && line.includes('\t'));
