import { readFile } from 'node:fs/promises';
import type { ExternalEvaluation, Manifest } from '@hearth/artifact';
import { externalFigures } from '@hearth/artifact/card';
import { type Command, InvalidArgumentError } from 'commander';
import { inputError } from '../errors.ts';
import { listed } from '../listed.ts';
import { openFileOutput } from '../output/index.ts';
import { evaluateTable, type TableEvaluation } from '../pipeline/evaluate-table.ts';
import { withElsewhere } from '../report/index.ts';
import { readSource } from '../sources/index.ts';
import { examples } from './called-as.ts';
import {
  addSourceOptions,
  type ModelOptions,
  modelCommand,
  openVersion,
  printJson,
  type SourceFlags,
  sourceOptionsOf,
  versionArgument,
} from './options.ts';
import { textTable } from './text-table.ts';

interface Flags extends ModelOptions, SourceFlags {
  as: string;
  date?: string;
  replace?: boolean;
  report?: string;
}

const about = `
The table needs the target and the columns of the model; a column that it does not have is answered as missing, and other columns are not
read. Rows without a target, and rows with a cell that the columns do not allow, are left out and counted. The result is written beside the
version, in evaluations/; card, page and API show it apart from the cross-validation.`;

export const command = (): Command =>
  addSourceOptions(
    modelCommand(
      'evaluate',
      'Scores a version on the rows of a table that it was not trained on, such as those of another place or a later year, and writes the result beside the version.',
    )
      .addArgument(versionArgument('<version>'))
      .argument('<file>', 'the table with the target, in any format that train reads'),
  )
    .requiredOption('--as <name>', 'what the rows are, for people: the place, the time', named)
    .option('--date <date>', 'the day of the evaluation, such as 2026-03-31 (default: today)', day)
    .option('--replace', 'replace the evaluation of this version that has the same name')
    .option('--report <file>', 'show it in this report too, which train wrote of the version')
    .addHelpText(
      'after',
      examples(
        'evaluate production basel-2025.csv --as "University Hospital Basel, 2025"',
        'evaluate 3 later.csv --as "Same clinic, 2026" --date 2026-12-31 --replace',
      ) + about,
    )
    .action(async (wanted: string, file: string, flags: Flags) => {
      const { as: name, date = today(), replace, json, report, ...where } = flags;
      const { registry, version } = await openVersion(where, wanted);
      const model = await registry.load(version);
      const complete = report === undefined ? undefined : await openReport(report, model.manifest);
      const source = await readSource(file, sourceOptionsOf(flags));
      const evaluated = evaluateTable(source, model, { name, date });
      const { figures } = evaluated;
      const path = await registry.addEvaluation(version, figures, { replace });
      await complete?.((await registry.evaluations(version)).evaluations);
      if (json) return printJson({ version, file: path, evaluation: figures, faults: evaluated.faults });
      tellEvaluation(version, file, evaluated);
      console.log(`written to ${path}${report === undefined ? '' : ` and ${report}`}`);
    });

/**
 * Opens the report of a version, to show evaluations in it. @throws InputError for another file, before anything is evaluated
 * @returns writes it with these evaluations
 */
async function openReport(path: string, manifest: Manifest) {
  const read = () => readFile(path, 'utf8').catch(() => refuse('there is no such file'));
  const completed = (html: string, evaluations: readonly ExternalEvaluation[]): string => {
    const report = withElsewhere(html, manifest, evaluations);
    return 'fault' in report ? refuse(report.fault) : report.html;
  };
  completed(await read(), []);
  return async (evaluations: readonly ExternalEvaluation[]): Promise<void> => {
    const html = completed(await read(), evaluations);
    const output = await openFileOutput(path, () => undefined);
    await output.write(html);
  };

  function refuse(why: string): never {
    throw inputError('BAD_OUTPUT', path, why);
  }
}

/** Prints the scores of a version on a table, and what was left out of it. */
export function tellEvaluation(version: string, file: string, evaluated: TableEvaluation): void {
  const { figures } = evaluated;
  for (const line of remarks(file, evaluated)) process.stderr.write(`${line}\n`);
  console.log(`${version} on "${figures.name}": ${figures.rows} of ${figures.table.rows} rows`);
  console.log(textTable(externalFigures(figures), 'left'));
}

function remarks(file: string, { figures, faults, unread }: TableEvaluation): string[] {
  const { leftOut, absent, inTraining } = figures;
  return [
    ...(leftOut.withoutTarget > 0 ? [`left out: ${leftOut.withoutTarget} rows without the target`] : []),
    ...(leftOut.notAllowed > 0
      ? [`left out: ${leftOut.notAllowed} rows with cells that the model does not allow:`, listed(faults)]
      : []),
    ...(absent.length > 0 ? [`not in ${file}, answered as missing: ${absent.join(', ')}`] : []),
    ...(unread.length > 0 ? [`not columns of the model, not read: ${unread.join(', ')}`] : []),
    ...(inTraining > 0
      ? [`warning: ${inTraining} rows are training rows of this version too; the scores are too good by that`]
      : []),
  ];
}

export function named(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 100) throw new InvalidArgumentError('It takes 1 to 100 characters.');
  return name;
}

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && date.toJSON()?.startsWith(text)) return text;
  throw new InvalidArgumentError('It takes a day such as 2026-03-31.');
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
