import { delimiterOf, isBlank, separatorOf } from './dialect.ts';
import type { Delimiter } from './records.ts';

/** A record of a table that is read whole, and the number of its first line, from 1. */
export interface TextRecord {
  line: number;
  text: string;
}

/**
 * Splits a table into its records, without those that are blank. A line ends with LF, CRLF or CR; a quoted cell may hold line ends.
 * @param find gives the delimiter, where no line `sep=;` does, by the first record: a header or not
 */
export function splitTable(
  text: string,
  find: (first: string) => Delimiter = delimiterOf,
): { delimiter: Delimiter; records: TextRecord[] } {
  const all = joinLines(text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/));
  // before the delimiter is known, tabs may be one
  const isText = (record: TextRecord) => !isBlank(record.text, '\t');
  let records = all.slice(all.findIndex(isText));
  const separator = separatorOf(records[0].text);
  if (separator) records = records.slice(1);
  const delimiter = separator ?? find(records.find(isText)?.text ?? '');
  records = records.filter((record) => !isBlank(record.text, delimiter));
  return { delimiter, records };
}

/** Makes one record of the lines that a quoted cell reaches over. */
function joinLines(lines: readonly string[]): TextRecord[] {
  const records: TextRecord[] = [];
  for (let i = 0; i < lines.length; i++) {
    const last = lastLine(lines, i);
    records.push({ line: i + 1, text: lines.slice(i, last + 1).join('\n') });
    i = last;
  }
  return records;
}

/** The line in which the quotes close that are open at the end of the line at `start`; `start` where none are, or none close them. */
function lastLine(lines: readonly string[], start: number): number {
  let isOpen = false;
  for (let i = start; i < lines.length; i++) {
    if (hasOddQuotes(lines[i])) isOpen = !isOpen;
    if (!isOpen) return i;
  }
  return start;
}

function hasOddQuotes(line: string): boolean {
  let isOdd = false;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}
