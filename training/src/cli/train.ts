import type { Evaluation } from '@hearth/artifact';
import { Command, Option } from 'commander';
import { readPackage } from '../data/package.ts';
import { readTable, type Table } from '../data/table.ts';
import { tableWarnings } from '../data/warnings.ts';
import { threadPool } from '../evaluation/fold-threads.ts';
import { mostFolds } from '../evaluation/folds.ts';
import { learnerNames } from '../learners/index.ts';
import { assertApart, type MayReplace, openArtifactOutput, openFileOutput } from '../output/index.ts';
import { learningCurve, learningCurveSteps } from '../pipeline/learning-curve.ts';
import { assertPublishable } from '../pipeline/publishable.ts';
import { samplingWarnings } from '../pipeline/suitable.ts';
import { type TrainOptions, train } from '../pipeline/train.ts';
import { createProgress, type Progress } from '../progress.ts';
import { authorOf, renderReport, signReport } from '../report/index.ts';
import { chooseForTraining } from '../sampling/choose.ts';
import type { SamplingColumns } from '../sampling/columns.ts';
import { asCalled, examples } from './called-as.ts';
import { dataOption, jsonOption, names, printJson, share, wholeNumber } from './options.ts';
import { engineLine, scoreTable } from './score-table.ts';
import { modelsFolder } from './settings.ts';

interface Flags extends TrainOptions, SamplingColumns {
  data: string;
  out: string;
  report: string;
  force?: boolean;
  json?: boolean;
}

export const command = (): Command =>
  new Command('train')
    .description(
      'Compares learners by nested cross-validation, fits the best on all rows, and writes an artifact, to be published, and a report.',
    )
    .addOption(dataOption())
    .option('--columns <names>', 'columns that the model may use, separated by commas (default: all)', names)
    .addOption(
      new Option('--engine <name>', 'the learner; auto compares all but ml-random-forest')
        .choices(['auto', ...learnerNames])
        .default('auto'),
    )
    .option('--count <column>', 'a row stands for so many rows')
    .option('--weight <column>', 'how much a row weighs in training and in scores')
    .option('--group <column>', 'rows with the same value stay in one fold, such as visits of a patient')
    .option('--time <column>', 'rows are predicted by models of earlier rows')
    .option(
      '--prior <share>',
      'the share of class 1 in the population, if the rows were chosen by class; answers are corrected for it',
      share,
    )
    .option('--folds <number>', 'folds of the cross-validation', wholeNumber(2, mostFolds), 10)
    .option('--repeats <number>', 'repeats of the cross-validation', wholeNumber(1, 1000), 2)
    .option('--seed <number>', 'the same seed gives the same bytes', wholeNumber(), 1)
    .option('--out <folder>', 'the folder of the artifact', '.hearth/artifact')
    .option('--report <file>', 'the file of the report', '.hearth/report.html')
    .option(
      '--force',
      'replace an artifact or a report of an earlier training; nothing else is ever replaced',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('train && hearth publish', 'train --engine ml-random-forest --columns age --repeats 10'),
    )
    .action(async ({ data, out, report, force = false, json, ...flags }: Flags, command: Command) => {
      const { count, weight, group, time, prior, ...options } = flags;
      const started = performance.now();
      const ours = (option: string) => force || command.getOptionValueSource(option) === 'default';
      const artifactOutput = await openArtifactOutput(out, {
        replace: ours('out'),
        models: modelsFolder(),
      });
      const reportOutput = await openFileOutput(report, mayReplaceReport(ours('report'), force));
      assertApart(out, report);
      const described = chooseForTraining(
        await readPackage(data),
        { count, weight, group, time, prior },
        options.columns,
      );
      assertPublishable(described);
      const table = await readTable(described);
      const warnings = [...tableWarnings(table), ...samplingWarnings(table, options)];
      for (const warning of warnings) console.error(`warning: ${warning}`);
      const progress = createProgress(process.stderr);
      const { trained, curve } = await learn(table, options, progress);
      const { artifact, candidates } = trained;
      await artifactOutput.write(artifact);
      const seconds = (performance.now() - started) / 1000;
      const { manifest } = artifact;
      const html = renderReport({ manifest, candidates, learningCurve: curve, warnings, seconds });
      await reportOutput.write(signReport(html));
      const { engine, evaluation } = manifest;
      if (json)
        return printJson({ artifact: out, report, engine, evaluation: scoresOf(evaluation), warnings });
      console.log(engineLine(engine));
      console.log(scoreTable(evaluation));
      console.log(`report: ${report} (open it in a browser)`);
      const publish = command.getOptionValueSource('out') === 'default' ? 'publish' : `publish ${out}`;
      console.log(asCalled(`artifact: ${out}; next: hearth ${publish}`));
    });

/** The evaluation without its predictions of single rows. */
function scoresOf({ kind, method, model, references }: Evaluation) {
  return { kind, method, model, references };
}

const mayReplaceReport =
  (ours: boolean, force: boolean): MayReplace =>
  (content) => {
    const author = authorOf(content.toString('utf8'));
    if (author === 'another') return 'already exists, and train did not write it: choose another --report';
    if (force || (ours && author === 'train')) return undefined;
    return author === 'train'
      ? 'already exists: choose another --report, or replace it with --force'
      : 'has been changed since train wrote it, or an older train wrote it: move it away, or replace it with --force';
  };

async function learn(table: Table, options: TrainOptions, progress: Progress) {
  const learners = threadPool({ table, columns: options.columns });
  try {
    const trained = await train(table, options, progress, learners);
    const { best, design, protocol } = trained;
    const onFold = progress.start('learning curve', learningCurveSteps(design, protocol));
    return { trained, curve: await learningCurve(learners, best, design, protocol, onFold) };
  } finally {
    await learners.close();
  }
}
