/*
 * The one grammar of tables as text and of cells in them, for every way in: files of training and `hearth predict`, CSV, and texts in
 * tensors. docs/ARCHITECTURE.md has the rules and why they are so; testing/text-tables.ts has examples of each.
 */
export { type CellReader, cellReader, isFault } from './cells.ts';
export { decimalOf, delimiterOf, delimiterOfCells, isBlank, separatorOf } from './dialect.ts';
export { headerFaults } from './header.ts';
export { splitTable, type TextRecord } from './lines.ts';
export { type CellFault, type DecimalSign, readNumber } from './number.ts';
export { type Delimiter, delimiters, type Quoting, readRecord, readRecords, recordFault } from './records.ts';
export { tableWriter } from './writer.ts';
