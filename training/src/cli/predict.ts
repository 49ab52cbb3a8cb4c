import type { Command } from 'commander';
import { openFileOutput } from '../output/index.ts';
import { readSource } from '../sources/index.ts';
import { examples } from './called-as.ts';
import { aVersion, findVersion, type ModelOptions, modelCommand, names, openModel } from './options.ts';
import { predictRows, predictTable } from './predict-table.ts';

interface Options extends ModelOptions {
  modelVersion?: string;
  out?: string;
  keep: string[];
}

export const command = (): Command =>
  modelCommand(
    'predict',
    'Predicts the rows of a CSV file with any version, as the API does. Prints the table with the predictions in new columns at the end, as CSV.',
  )
    .argument(
      '<file>',
      'CSV with a header row; commas, semicolons or tabs; an empty cell, or a code of the column, is a missing value',
    )
    .option('--model-version <version>', `${aVersion}; default: the one in production`)
    .option(
      '--keep <columns>',
      'columns to copy that the model does not have, separated by commas; one with a comma in quotes',
      names,
      [],
    )
    .option('--out <file>', 'a new file for the result (default: print it)')
    .addHelpText(
      'after',
      examples(
        'predict patients.csv --out predictions.csv',
        'predict --model-version 3 patients.csv --keep id > predictions.csv',
      ),
    )
    .action(async (file: string, { modelVersion, out, keep, json, ...where }: Options) => {
      const output = out === undefined ? undefined : await openFileOutput(out);
      const registry = await openModel(where);
      const model = await registry.load(await findVersion(registry, modelVersion));
      const csv = await readSource(file);
      const text = json
        ? `${JSON.stringify({ version: model.version, rows: predictRows(csv, model, keep).rows }, null, 2)}\n`
        : predictTable(csv, model, keep);
      if (!output) process.stdout.write(text);
      else {
        await output.write(text);
        process.stderr.write(`predictions by ${model.version} written to ${out}\n`);
      }
    });
