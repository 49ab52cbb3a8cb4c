import { join } from 'node:path';
import { readPackage } from '../src/data/package.ts';
import { readTable, type Table } from '../src/data/table.ts';

export const root = join(import.meta.dirname, '../..');

/** The committed table of 303 patients. */
export const heartTable = async (): Promise<Table> =>
  readTable(await readPackage(join(root, 'data/heart/datapackage.json')));
