import { english, outcomeOf, titleOf, usedColumns } from '@hearth/artifact';
import { externalFigures } from '@hearth/artifact/card';
import type { Command } from 'commander';
import { examples } from './called-as.ts';
import { type ModelOptions, modelCommand, openVersion, printJson, productionArgument } from './options.ts';
import { engineLine, scoreTable } from './score-table.ts';
import { textTable } from './text-table.ts';

export const command = (): Command =>
  modelCommand(
    'show',
    'Shows a version: data, engine, scores, files, and when it was published and promoted. --json has the whole manifest.',
  )
    .addArgument(productionArgument())
    .addHelpText('after', examples('show', 'show latest', 'show production --json'))
    .action(async (wanted: string | undefined, { json, ...where }: ModelOptions) => {
      const { registry, version } = await openVersion(where, wanted);
      const { manifest } = await registry.load(version);
      const known = (await registry.list()).find((each) => each.version === version);
      const { evaluations, faults } = await registry.evaluations(version);
      if (json) return printJson({ ...known, manifest, evaluations });
      const { data, evaluation, columns, features, files, target } = manifest;
      const names = columns.map(({ name }) => name);
      const used = usedColumns(features);
      const unused = names.filter((name) => !used.has(name));
      const lines: [string, string][] = [
        ['model', `${manifest.name}: ${english(titleOf(manifest))}`],
        ['version', `${version}${known?.production ? ', in production' : ''}`],
        ['published', known?.published ?? 'not in this journal'],
        ['promoted', known?.promoted ?? 'not in this journal'],
        ...(known?.rolledBack ? [['rolled back', known.rolledBack] as [string, string]] : []),
        ['target', `${target.name}, ${target.type}: ${english(outcomeOf(manifest))}`],
        ...(manifest.review ? [['review', reviewText(manifest.review)] as [string, string]] : []),
        ['columns', names.join(', ')],
        ...(unused.length > 0 ? [['unused', unused.join(', ')] as [string, string]] : []),
        ['data', `${data.name}, ${data.rows} rows, SHA-256 ${short(data.sha256)}`],
        ['engine', engineLine(manifest)],
        ...Object.entries(files).map(([name, { bytes, sha256 }]): [string, string] => [
          name,
          `${bytes} bytes, SHA-256 ${short(sha256)}`,
        ]),
      ];
      console.log(textTable(lines, 'left'));
      if (!evaluation) return console.log('\nnot evaluated');
      const { folds, repeats } = evaluation.method;
      const spread = repeats > 1 ? ', ± standard deviation over the repeats' : '';
      console.log(`\nout of fold, ${repeats} × ${folds}-fold cross-validation${spread}`);
      console.log(scoreTable(evaluation));
      for (const each of evaluations) {
        console.log(`\n${each.name}, evaluated ${each.date}, ${each.rows} of ${each.table.rows} rows`);
        console.log(textTable(externalFigures(each), 'left'));
      }
      for (const fault of faults) process.stderr.write(`hearth: ${fault}\n`);
    });

const reviewText = (day: string): string =>
  day < new Date().toISOString().slice(0, 10) ? `was due on ${day}` : `due by ${day}`;

const short = (sha256: string): string => `${sha256.slice(0, 16)}…`;
