import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { faultLine } from '../data/fault.ts';
import { faultless } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { tableWarnings } from '../data/warnings.ts';
import { Refusals } from '../errors.ts';
import { threadPool } from '../evaluation/fold-threads.ts';
import { mostFolds } from '../evaluation/folds.ts';
import { inferPackage, modelNameOf } from '../infer/index.ts';
import { learnerNames, type Settings } from '../learners/index.ts';
import { assertApart, type MayReplace, openArtifactOutput, openFileOutput } from '../output/index.ts';
import { createEnding, unlessAbandoned } from '../pipeline/ending.ts';
import { learningCurve, learningCurveSteps } from '../pipeline/learning-curve.ts';
import { planTraining } from '../pipeline/plan-training.ts';
import { draftPublishable } from '../pipeline/publishable.ts';
import { samplingWarnings } from '../pipeline/suitable.ts';
import { type TrainOptions, train } from '../pipeline/train.ts';
import { type Effort, efforts, interruptionNote, planNotes } from '../plan/index.ts';
import { createProgress } from '../progress.ts';
import { authorOf, renderReport, signReport } from '../report/index.ts';
import { chooseForTraining } from '../sampling/choose.ts';
import type { SamplingColumns } from '../sampling/columns.ts';
import { keepPassword } from '../sources/index.ts';
import { examples } from './called-as.ts';
import { tellInferred } from './inferred-table.ts';
import { handleInterruption } from './interruption.ts';
import {
  addHints,
  dataOption,
  duration,
  type HintFlags,
  hintsOf,
  jsonOption,
  names,
  samplingFlags,
  setting,
  wholeNumber,
} from './options.ts';
import { modelsFolder } from './settings.ts';
import { tellNotes } from './tell-notes.ts';
import { hearthFolder, tellResult } from './train-result.ts';

interface Flags extends Pick<TrainOptions, 'columns' | 'engine' | 'seed'>, HintFlags {
  set?: Settings;
  effort?: Effort;
  budget?: number;
  folds?: number;
  repeats?: number;
  data: string;
  out?: string;
  report?: string;
  force?: boolean;
  json?: boolean;
}

export const command = (): Command =>
  addHints(
    new Command('train')
      .description(
        'Compares learners by nested cross-validation, fits the best on all rows, and writes an artifact, to be published, and a report. It learns from a data package or, with --target, from a file as it is, whose columns it infers.',
      )
      .argument(
        '[file]',
        'a file, or sqlite:FILE?table=NAME or postgres://…?table=NAME; with --target',
        keepPassword,
      )
      .addOption(dataOption()),
  )
    .option(
      '--columns <names>',
      'columns that the model may use, separated by commas; one with a comma in quotes (default: all)',
      names,
    )
    .addOption(
      new Option(
        '--engine <name>',
        'the learner; auto compares all of them and a blend, but not ml-random-forest',
      )
        .choices(['auto', ...learnerNames])
        .default('auto'),
    )
    .option(
      '--set <name=number>',
      'a setting of the --engine, once for each of its settings, such as --set trees=500 --set minimumLeaf=3 (default: they are chosen)',
      setting,
    )
    .addOption(
      new Option(
        '--effort <name>',
        'how long the training may take: on two cores about 20 s, 1 minute or 10 minutes for 10,000 rows × 20 columns, and more for larger tables (default: normal)',
      ).choices(efforts),
    )
    .addOption(
      new Option(
        '--budget <time>',
        'the same as a time on two cores, such as 60s or 10m; a cost model, not a clock, decides what fits',
      )
        .argParser(duration)
        .conflicts('effort'),
    )
    .option(
      '--folds <number>',
      'folds of the cross-validation (default: 10, or fewer where the time is short)',
      wholeNumber(2, mostFolds),
    )
    .option(
      '--repeats <number>',
      'repeats of the cross-validation (default: 2, or 1 where the time is short)',
      wholeNumber(1, 1000),
    )
    .option('--seed <number>', 'the same seed gives the same bytes', wholeNumber(), 1)
    .option(
      '--out <folder>',
      'the folder of the artifact (default: .hearth/artifact, or .hearth/NAME/artifact of a file)',
    )
    .option(
      '--report <file>',
      'the file of the report (default: .hearth/report.html, or .hearth/NAME/report.html of a file)',
    )
    .option(
      '--force',
      'replace an artifact or a report of an earlier training at --out or --report, as each training does at the default places; nothing else is ever replaced',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'train && hearth publish',
        'train titanic.csv --target Survived',
        'train --engine ml-random-forest --columns age --repeats 10',
      ),
    )
    .action(async (file: string | undefined, flags: Flags, command: Command) => {
      const started = performance.now();
      if (flags.set && flags.engine === 'auto')
        command.error('error: --set belongs to a learner: name it with --engine');
      const { engine, seed, out, report, force = false, json } = flags;
      const { described, faults, source, folder } = await openData(file, flags, command);
      const columns = withExposure(flags.columns, described.sampling);
      const places = {
        out: out ?? join(folder, 'artifact'),
        report: report ?? join(folder, 'report.html'),
      };
      const artifactOutput = await openArtifactOutput(places.out, {
        replace: force || out === undefined,
        models: modelsFolder(),
      });
      const reportOutput = await openFileOutput(places.report, mayReplaceReport(report === undefined, force));
      assertApart(places.out, places.report);
      const table = await readTable(described, faults, source);
      const { plan, size } = planTraining(table, { columns, engine, settings: flags.set }, flags);
      const options: TrainOptions = {
        columns,
        engine,
        ...(flags.set && { settings: flags.set }),
        seed,
        folds: plan.folds,
        repeats: plan.repeats,
        plan,
      };
      const notes = [...table.notes, ...planNotes(size, plan)];
      const warnings = [...tableWarnings(table), ...samplingWarnings(table, options)];
      tellNotes(notes, warnings);
      const progress = createProgress(process.stderr);
      let finished = artifactOutput.replaces
        ? `no model is finished, and the artifact ${places.out} of an earlier training is unchanged`
        : 'no model is finished, and nothing was written';
      const pool = threadPool({ table, columns: options.columns });
      const ending = createEnding();
      const stopTelling = handleInterruption({
        done: () => finished,
        end() {
          // what is evaluated in part replaces an earlier model only if the user asked for it
          if (!ending.canKeep || (artifactOutput.replaces && !force)) return undefined;
          ending.isAsked = true;
          if (pool.abandon()) progress.drop(); // the last model, which goes on, is not learned beside predictions
          return 'it keeps the best model so far, and leaves out what is not evaluated yet';
        },
      });
      try {
        const { artifact, candidates, leftOut, best, design, protocol } = await train(
          table,
          options,
          progress,
          pool,
          ending,
        );
        await artifactOutput.write(artifact);
        finished = `the artifact ${places.out} is complete; the report was not written`;
        const { manifest } = artifact;
        const drawCurve = () => {
          const onFold = progress.start('learning curve', learningCurveSteps(design, protocol));
          return unlessAbandoned(learningCurve(pool, best, design, protocol, onFold));
        };
        const curve = leftOut.has('learning-curve') ? undefined : await drawCurve();
        if (!curve) leftOut.add('learning-curve');
        const lacks = interruptionNote(leftOut.list().filter((name) => !plan.leftOut.includes(name)));
        if (lacks !== undefined) notes.push(lacks);
        const html = renderReport({
          manifest,
          candidates,
          learningCurve: curve ?? [],
          warnings: [...notes, ...warnings],
          seconds: (performance.now() - started) / 1000,
        });
        await reportOutput.write(signReport(html));
        tellResult(manifest, { file, folder, places, warnings, isDefault: out === undefined, json });
        if (lacks !== undefined) tellNotes([lacks], []);
      } finally {
        await pool.close();
        stopTelling();
      }
      if (ending.isAsked) process.kill(process.pid, 'SIGINT'); // a shell sees exit code 130
    });

/** The data package to learn from, written or inferred, and the folder for what is made of it. */
async function openData(file: string | undefined, flags: Flags, command: Command) {
  if (file === undefined) {
    if (flags.target !== undefined)
      command.error('error: --target belongs to a file: hearth train FILE --target COLUMN');
    if (command.getOptionValueSource('data') === 'default' && !existsSync(flags.data))
      command.error(
        'error: name a table: hearth train FILE --target COLUMN, or a data package: hearth train --data FILE',
      );
    const draft = await draftPublishable(flags.data);
    const { data = faultless(draft), faults } = draft;
    const refusals = new Refusals();
    refusals.add('BAD_PACKAGE', faults.map(faultLine));
    try {
      const described = chooseForTraining(data, samplingFlags(flags), flags.columns);
      return { described, faults, source: undefined, folder: hearthFolder };
    } catch (error) {
      return refusals.failWith(error);
    }
  }
  const found = await inferPackage(file, hintsOf(flags, command));
  const { data, faults } = tellInferred(file, found, flags.json);
  return {
    described: faults.length > 0 ? data : chooseForTraining(data, {}, flags.columns),
    faults,
    source: found.source,
    folder: join(hearthFolder, modelNameOf(file)),
  };
}

/** The columns that the user chose; a count is always for its exposure. */
const withExposure = (columns: readonly string[] | undefined, { exposure }: SamplingColumns = {}) =>
  columns && exposure !== undefined ? [...new Set([...columns, exposure])] : columns;

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
