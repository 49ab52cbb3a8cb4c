import { rm } from 'node:fs/promises';
import { writeArtifact } from '@hearth/artifact/store';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { engines, type TrainOptions, train } from '../pipeline/train.ts';
import { createProgress } from '../progress.ts';
import { dataOption } from './options.ts';
import { scoreTable } from './score-table.ts';

interface Flags extends TrainOptions {
  data: string;
  out: string;
}

export const trainCommand = (): Command =>
  new Command('train')
    .description(
      'compare learners, evaluate the best and learn it on all rows; writes an artifact to be published',
    )
    .addOption(dataOption())
    .option('--columns <names>', 'columns the model may look at, with commas between (default: all)', names)
    .addOption(
      new Option('--engine <name>', 'the learner; auto compares all but the last')
        .choices(['auto', ...engines])
        .default('auto'),
    )
    .option('--folds <number>', 'folds of the cross-validation', wholeNumber, 10)
    .option('--repeats <number>', 'repeats of the cross-validation', wholeNumber, 2)
    .option('--seed <number>', 'the same seed gives the same bytes', wholeNumber, 1)
    .option('--out <folder>', 'where the artifact goes', '.hearth/artifact')
    .addHelpText(
      'after',
      '\nExamples:\n  hearth train && hearth publish\n  hearth train --engine ml-random-forest --columns age --repeats 10',
    )
    .action(async ({ data, out, ...options }: Flags) => {
      const table = await readTable(await readPackage(data));
      const { artifact } = train(table, options, createProgress(process.stderr));
      await rm(out, { recursive: true, force: true });
      await writeArtifact(artifact, out);
      const { engine, evaluation } = artifact.manifest;
      console.log(`${engine.name} ${engine.version} ${JSON.stringify(engine.options)}`);
      console.log(scoreTable(evaluation));
      console.log(`written to ${out}; next: hearth publish ${out}`);
    });

const names = (text: string): string[] => text.split(',').map((name) => name.trim());

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 0 to 999999999.');
}
