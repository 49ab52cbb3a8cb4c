import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExampleColumn, exampleCodes, exampleColumns } from '@hearth/artifact/testing/text-tables';
import { categoryField, numberField, writeTable } from './made-up-package.ts';

export { predictTable } from '../src/cli/predict-table.ts';
export { readPackage } from '../src/data/package.ts';
export { prepare } from '../src/data/prepare.ts';
export { readTable } from '../src/data/table.ts';
export { InputError } from '../src/errors.ts';
export { readSource } from '../src/sources/index.ts';

/** Writes a data package with these columns of the examples, a target `y`, and this table. */
export async function writeExample(names: readonly ExampleColumn[], table: string): Promise<string> {
  const fields = names.map((name) => {
    const column = exampleColumns[name];
    if (column.type === 'category') return categoryField(name, [...column.categories]);
    const { type, minimum, maximum } = column;
    return numberField(name, { type, constraints: { minimum, maximum } });
  });
  const { data } = await writeTable({ fields, lines: [], schema: { missingValues: ['', ...exampleCodes] } });
  await writeFile(join(data, '../t.csv'), table);
  return data;
}
