import { sha256 } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import { readCells } from './cells.ts';
import { readCsv } from './csv.ts';
import { readBytes } from './files.ts';
import type { DataPackage } from './package.ts';

export type Inputs = Record<string, number | string | null>;

/** The training rows of a data package. */
export interface Table {
  data: DataPackage;
  /** SHA-256 of the CSV file. */
  sha256: string;
  /** Input values by column, null where missing; [rows]. */
  inputs: Inputs[];
  /** 0 or 1; [rows]. */
  target: Uint8Array;
}

/** Reads and checks the table. @throws InputError for a bad cell, a missing column or a target of one class. */
export async function readTable(data: DataPackage): Promise<Table> {
  const csv = await readCsv(data.csv);
  const absent = [...data.inputs, data.target].find(({ name }) => !csv.header.includes(name));
  if (absent)
    throw inputError('BAD_HEADER', data.csv, `the column "${absent.name}" of ${data.path} is missing`);
  const rows = readCells(data.csv, csv.rows, data);
  const target = Uint8Array.from(rows, (row) => row[data.target.name] as number);
  const positives = target.reduce((sum, y) => sum + y, 0);
  if (positives === 0 || positives === target.length) {
    throw inputError(
      'BAD_TARGET',
      data.csv,
      `every row has the same "${data.target.name}": there is nothing to learn`,
    );
  }
  const inputs = rows.map((row) => Object.fromEntries(data.inputs.map(({ name }) => [name, row[name]])));
  return { data, sha256: sha256(await readBytes(data.csv)), inputs, target };
}
