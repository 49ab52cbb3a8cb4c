import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeArtifact } from '@hearth/artifact/store';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readPackage } from '../data/package.ts';
import { readTable, type Table } from '../data/table.ts';
import { tableWarnings } from '../data/warnings.ts';
import { learnInThreads } from '../evaluation/fold-threads.ts';
import { learnerNames } from '../learners/index.ts';
import { learningCurve, learningCurveSteps } from '../pipeline/learning-curve.ts';
import { type TrainOptions, train } from '../pipeline/train.ts';
import { createProgress, type Progress } from '../progress.ts';
import { renderReport } from '../report/index.ts';
import { dataOption } from './options.ts';
import { scoreTable } from './score-table.ts';

interface Flags extends TrainOptions {
  data: string;
  out: string;
  report: string;
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
        .choices(['auto', ...learnerNames])
        .default('auto'),
    )
    .option('--folds <number>', 'folds of the cross-validation', wholeNumber, 10)
    .option('--repeats <number>', 'repeats of the cross-validation', wholeNumber, 2)
    .option('--seed <number>', 'the same seed gives the same bytes', wholeNumber, 1)
    .option('--out <folder>', 'where the artifact goes', '.hearth/artifact')
    .option('--report <file>', 'where the report goes', '.hearth/report.html')
    .addHelpText(
      'after',
      '\nExample:\n  hearth train && hearth publish\n  hearth train --engine ml-random-forest --columns age --repeats 10',
    )
    .action(async ({ data, out, report, ...options }: Flags) => {
      const started = performance.now();
      const table = await readTable(await readPackage(data));
      const warnings = tableWarnings(table);
      for (const warning of warnings) console.error(`warning: ${warning}`);
      const progress = createProgress(process.stderr);
      const { trained, curve } = await learn(table, options, progress);
      const { artifact, candidates } = trained;
      await rm(out, { recursive: true, force: true });
      await writeArtifact(artifact, out);
      const seconds = (performance.now() - started) / 1000;
      const { manifest } = artifact;
      const html = renderReport({ manifest, candidates, learningCurve: curve, warnings, seconds });
      await mkdir(dirname(report), { recursive: true });
      await writeFile(report, html);
      const { engine, evaluation } = manifest;
      console.log(`${engine.name} ${engine.version} ${JSON.stringify(engine.options)}`);
      console.log(scoreTable(evaluation));
      console.log(`report: ${report} (open it in a browser)`);
      console.log(`model: ${out}; next: hearth publish ${out}`);
    });

async function learn(table: Table, options: TrainOptions, progress: Progress) {
  const learners = learnInThreads({ table, columns: options.columns });
  try {
    const trained = await train(table, options, progress, learners);
    const { best, design, protocol } = trained;
    const onFold = progress.start('learning curve', learningCurveSteps);
    return { trained, curve: await learningCurve(learners, best, design, protocol, onFold) };
  } finally {
    await learners.close();
  }
}

const names = (text: string): string[] => text.split(',').map((name) => name.trim());

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 0 to 999999999.');
}
