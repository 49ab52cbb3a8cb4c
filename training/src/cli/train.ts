import { rm } from 'node:fs/promises';
import { writeArtifact } from '@hearth/artifact/store';
import { Command, InvalidArgumentError } from 'commander';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { createProgress } from '../progress.ts';
import { train } from '../train.ts';
import { dataOption } from './options.ts';
import { scoreTable } from './score-table.ts';

export const trainCommand = (): Command =>
  new Command('train')
    .description('choose, evaluate and grow a model; writes an artifact to be published')
    .addOption(dataOption())
    .option('--columns <names>', 'columns the model looks at, with commas between', 'age')
    .option('--seed <number>', 'the same seed gives the same bytes', wholeNumber, 1)
    .option('--out <folder>', 'where the artifact goes', '.hearth/artifact')
    .addHelpText('after', '\nExample:\n  hearth train --columns age && hearth publish')
    .action(async (options: { data: string; columns: string; seed: number; out: string }) => {
      const table = await readTable(await readPackage(options.data));
      const columns = options.columns.split(',').map((name) => name.trim());
      const artifact = train(table, { columns, seed: options.seed }, createProgress(process.stderr));
      await rm(options.out, { recursive: true, force: true });
      await writeArtifact(artifact, options.out);
      const { engine, evaluation } = artifact.manifest;
      console.log(`${engine.name} ${engine.version} ${JSON.stringify(engine.options)}`);
      console.log(scoreTable(evaluation));
      console.log(`written to ${options.out}; next: hearth publish ${options.out}`);
    });

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 0 to 999999999.');
}
