import { dirname, join } from 'node:path';
import { decimalOf } from '@hearth/artifact/text-table';
import { readCsv } from '../data/csv.ts';
import { fieldTypeNames } from '../data/field.ts';
import { type DataPackage, packageOf } from '../data/package.ts';
import { maximumBins } from '../grow/bins.ts';
import { complete } from './complete.ts';
import { describeInferred, type ShortDescriptor } from './descriptor.ts';
import { type Hints, type Inferred, infer } from './infer.ts';
import type { RawTable } from './raw-table.ts';

/** A table as it is, and what it is taken for. */
export interface InferredPackage {
  inferred: Inferred;
  descriptor: ShortDescriptor;
  data: DataPackage;
}

/**
 * Infers the data package of a file.
 * @param folder where the data package would be
 * @throws InputError naming what is wrong with file, target or hints
 */
export async function inferPackage(
  file: string,
  hints: Hints,
  folder = dirname(file),
): Promise<InferredPackage> {
  const table = await readRaw(file);
  const inferred = infer(table, hints, { types: fieldTypeNames, mostCategories: maximumBins });
  const descriptor = describeInferred(inferred, file, folder);
  const data = packageOf(join(folder, 'datapackage.json'), complete(descriptor, inferred, table));
  return { inferred, descriptor, data };
}

async function readRaw(path: string): Promise<RawTable> {
  const { header, rows, delimiter } = await readCsv(path);
  return {
    path,
    columns: header.map((name) => ({ name })),
    rows: rows.map(({ cells }) => ({ cells: header.map((name) => cells[name]) })),
    decimal: decimalOf(delimiter),
  };
}
