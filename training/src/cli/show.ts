import { usedColumns } from '@hearth/artifact';
import type { Command } from 'commander';
import { findVersion, type ModelOptions, modelCommand, openModel, printJson } from './options.ts';
import { scoreTable } from './score-table.ts';
import { textTable } from './text-table.ts';

export const showCommand = (): Command =>
  modelCommand(
    'show',
    'show what a version is: data, engine, scores, files, when it was published and promoted',
  )
    .argument('[version]', 'its name, a unique beginning of it, or latest; without it the one in production')
    .addHelpText('after', '\nExample:\n  hearth show latest')
    .action(async (wanted: string | undefined, { json, ...where }: ModelOptions) => {
      const registry = await openModel(where);
      const version = await findVersion(registry, wanted);
      const { manifest } = await registry.load(version);
      const known = (await registry.list()).find((each) => each.version === version);
      if (json) return printJson({ ...known, manifest });
      const { data, engine, evaluation, columns, features, files, target } = manifest;
      const used = usedColumns(features);
      const options = Object.entries(engine.options).map(([name, value]) => `${name} ${value}`);
      const lines: [string, string][] = [
        ['model', `${manifest.name}: ${manifest.title.en}`],
        ['version', `${version}${known?.production ? ', in production' : ''}`],
        ['published', known?.published ?? 'not in this journal'],
        ['promoted', known?.promoted ?? 'never, by this journal'],
        ['target', `${target.name}, ${target.type}: ${manifest.outcome.en}`],
        [
          'columns',
          `${columns.map(({ name }) => name).join(', ')}; the trees look at ${[...used].join(', ')}`,
        ],
        ['data', `${data.name}, ${data.rows} rows, SHA-256 ${data.sha256}`],
        ['engine', [`${engine.name} ${engine.version}`, ...options, `seed ${engine.seed}`].join(', ')],
        ...Object.entries(files).map(([name, { bytes, sha256 }]): [string, string] => [
          name,
          `${bytes} bytes, SHA-256 ${sha256}`,
        ]),
      ];
      console.log(textTable(lines, 'left'));
      const { folds, repeats } = evaluation.method;
      console.log(
        `\nout of fold, ${repeats} × ${folds}-fold cross-validation, ± standard deviation over the repeats`,
      );
      console.log(scoreTable(evaluation));
    });
