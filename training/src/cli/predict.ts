import { Command } from 'commander';
import { readCsv } from '../data/csv.ts';
import { openFileOutput } from '../output/index.ts';
import { findVersion, type ModelOptions, modelOption, modelsOption, names, openModel } from './options.ts';
import { predictTable } from './predict-table.ts';

interface Options extends ModelOptions {
  modelVersion?: string;
  out?: string;
  keep: string[];
}

export const predictCommand = (): Command =>
  new Command('predict')
    .description('predict the rows of a CSV file with any version, exactly as the API does; writes CSV')
    .argument(
      '<file>',
      'CSV with a header; commas, semicolons or tabs; an empty cell or a code of the column is a missing value',
    )
    .option('--model-version <version>', 'name, unique beginning, or latest (default: the one in production)')
    .option('--keep <columns>', 'columns to copy unchecked, with commas between', names, [])
    .option('--out <file>', 'where the answers go (default: the terminal)')
    .addOption(modelsOption())
    .addOption(modelOption())
    .addHelpText(
      'after',
      '\nExample:\n  hearth predict --model-version 3- patients.csv --keep id > answers.csv',
    )
    .action(async (file: string, { modelVersion, out, keep, ...where }: Options) => {
      const output = out === undefined ? undefined : await openFileOutput(out);
      const registry = await openModel(where);
      const model = await registry.load(await findVersion(registry, modelVersion));
      const text = predictTable(await readCsv(file), model, keep);
      if (!output) process.stdout.write(text);
      else {
        await output.write(text);
        process.stderr.write(`${model.version} answered; written to ${out}\n`);
      }
    });
