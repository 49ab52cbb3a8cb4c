import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model } from '@hearth/artifact';
import { type ExampleColumn, exampleCodes, exampleColumns } from '@hearth/artifact/testing/text-tables';
import { InputError } from '../src/errors.ts';
import { planColumns, predictFile as predictRows } from '../src/predict/index.ts';
import { openSource } from '../src/sources/index.ts';
import { categoryField, numberField, writeTable } from './made-up-package.ts';

export { readPackage } from '../src/data/package.ts';
export { prepare } from '../src/data/prepare.ts';
export { readTable } from '../src/data/table.ts';
export { InputError } from '../src/errors.ts';

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

/**
 * Answers the rows of a file as `hearth predict` does.
 * @throws InputError with the errors of all rows
 */
export async function predictFile(path: string, model: Model): Promise<string> {
  const source = await openSource(path, { keepsBadRows: true });
  const { delimiter, decimal } = source;
  const plan = planColumns(source, model.manifest, true);
  const errors: string[] = [];
  const onErrors = (some: readonly { place: number; error: string }[]) => {
    for (const { place, error } of some)
      for (const fault of error.split(/ \| (?=column ")/)) {
        const isCell = fault.startsWith('column ');
        errors.push(`${path}, line ${place}${isCell ? ', ' : ': '}${fault}`);
      }
  };
  const settings = { plan, delimiter, decimal, format: 'csv' } as const;
  const content = predictRows(source, model, '', settings, { rows: 0, failed: 0 }, { onRows() {}, onErrors });
  let text = '';
  for await (const piece of content) text += typeof piece === 'string' ? piece : Buffer.from(piece);
  if (errors.length > 0) throw new InputError('BAD_CELLS', errors);
  return text;
}
