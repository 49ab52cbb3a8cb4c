import { basename, join } from 'node:path';
import { assembleModel, manifestFile, openRegistry } from '@hearth/artifact/store';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type ImportedModel, type ImportOptions, importFile } from '../import/import-file.ts';
import { keepSource } from '../import/keep-source.ts';
import { type ScriptName, scriptNames, scriptOf } from '../import/scripts/index.ts';
import { calibrations } from '../import/table/calibrate.ts';
import { evaluateTable, type TableEvaluation } from '../pipeline/evaluate-table.ts';
import { readSource, type SourceTable } from '../sources/index.ts';
import { asCalled, examples } from './called-as.ts';
import { named, tellEvaluation, today } from './evaluate.ts';
import { jsonOption, modelOptionsFor, modelsOption, names, printJson, wholeNumber } from './options.ts';

interface Flags extends Omit<ImportOptions, 'evaluate'> {
  evaluate?: string;
  as?: string;
  models: string;
  json?: boolean;
  script?: ScriptName;
}

const about = `
The file is read, never executed. Every answer is that of the tool that wrote it: the version is not published if one of the tool's own answers
does not come out. XGBoost and LightGBM write no answers into their files; --check names a table with the columns of the model and a column
"prediction" or "score" (of several classes "prediction_CLASS" or "score_CLASS"), which the tool computed from the same file.
scikit-learn, Spark ML and R save models as code or in formats of their own that nothing else can read safely: --script prints a script that you
read and run beside the model. It writes the file to import, with answers of the tool in it.

Rows of --evaluate must not be training rows of the model. A calibrated version is scored by answers of which each fifth is calibrated by the
others. Card and manifest say how scores were changed.

Columns, categories and classes come from the file; titles, units, limits and labels from the data package of the training table. Without
--package or --table the ranges of the training rows are not known, and no value is answered with a warning.`;

export const command = (): Command =>
  new Command('import')
    .description(
      'Makes a version of a model that another tool trained, and publishes it. It does not serve until it is promoted.',
    )
    .argument(
      '[file]',
      'the model: XGBoost JSON or UBJSON, LightGBM text, CatBoost JSON, ONNX, or what a script of --script wrote',
    )
    .addOption(
      new Option(
        '--script <tool>',
        'print the script that writes a model of scikit-learn (python), Spark ML (spark) or R (r) as a file',
      ).choices(scriptNames),
    )
    .option('--model <name>', 'name of the model (default: that of the data package, or of the file)')
    .option('--package <file>', 'the data package of the training table')
    .option('--table <file>', 'a table of rows like those of the training, in any format that train reads')
    .option('--check <file>', 'a table with answers of the tool, to compare with')
    .option('--columns <names>', 'names of the columns, where the file has none, in its order', names)
    .option('--target <name>', 'name of the target')
    .option(
      '--classes <names>',
      'the classes in the order of their codes; of a probability those of 0 and 1',
      names,
    )
    .option('--missing <numbers>', 'numbers that mean a missing value, separated by commas', numbers)
    .option('--iterations <number>', 'use the first rounds of boosting only', wholeNumber(1))
    .option(
      '--evaluate <file>',
      'score the version on a table with the target, as evaluate does; its errors give numbers an interval and classes prediction sets',
    )
    .addOption(
      new Option(
        '--calibrate <method>',
        'with --evaluate: calibrate the answers on its rows, by one factor for the scores or by a factor and a shift',
      ).choices(calibrations),
    )
    .option('--as <name>', 'with --evaluate: what these rows are, for people', named)
    .addOption(modelsOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'import model.json --package datapackage.json',
        'import model.json --check answers.csv --classes no,yes',
        'import --script python > export.py',
      ) + about,
    )
    .action(async (path: string | undefined, flags: Flags, command: Command) => {
      const { models, json, script, evaluate, as = 'Rows of the import', ...options } = flags;
      if (script) return void process.stdout.write(scriptOf(script));
      if (flags.as !== undefined && evaluate === undefined)
        command.error('error: --as names the rows of --evaluate, which is missing');
      if (flags.calibrate !== undefined && evaluate === undefined)
        command.error('error: --calibrate needs rows with the target: name their table with --evaluate');
      if (path === undefined)
        command.error('error: name the file of the model, or the script to print: --script');
      const table = evaluate === undefined ? undefined : await readSource(evaluate);
      const imported = await importFile(path, { ...options, evaluate: table });
      const { artifact, file } = imported;
      const evaluated = table && evaluateOn(table, imported, as); // a table that is refused publishes nothing
      const registry = openRegistry(join(models, artifact.manifest.name));
      const { version, added } = await registry.publish(artifact);
      const kept = await keepSource(registry.folder, version, file);
      if (evaluated) await registry.addEvaluation(version, evaluated.figures, { replace: true });
      if (json)
        return printJson({
          model: artifact.manifest.name,
          version,
          added,
          file: kept,
          compared: imported.compared,
          notes: imported.notes,
          ...(evaluated && { evaluation: evaluated.figures }),
        });
      for (const note of imported.notes) process.stderr.write(`note: ${note}\n`);
      console.log(summary(path, imported));
      console.log(
        added
          ? `published ${version} in ${registry.folder}; the file is kept as ${kept}`
          : `${version} in ${registry.folder} is the same model; nothing was added`,
      );
      if (evaluated && evaluate !== undefined) tellEvaluation(version, evaluate, evaluated);
      const more = await modelOptionsFor(basename(registry.folder), models, command);
      const promote = `hearth promote ${version}${more}`;
      const evaluateFirst = `hearth evaluate ${version} FILE --as "…"${more}`;
      console.log(asCalled(evaluated ? `next: ${promote}` : `next: ${evaluateFirst}\nthen: ${promote}`));
    });

/** Scores a model that is not published yet on the rows of a table. @param name what the rows are */
function evaluateOn(
  table: SourceTable,
  { artifact: { files, manifest }, predictions }: ImportedModel,
  name: string,
): TableEvaluation {
  const model = assembleModel(files[manifestFile], files, manifest.name);
  return evaluateTable(table, model, { name, date: today() }, predictions);
}

function summary(path: string, { artifact, format, compared }: ImportedModel): string {
  const { columns, engine, target } = artifact.manifest;
  const what = `${path}: ${format}, ${`${engine.name} ${engine.version}`.trim()}, ${columns.length} columns, target "${target.name}" (${target.type})`;
  if (!compared)
    return `${what}\nnot compared with answers of the tool: there are none in the file; --check names a table of them`;
  const differences = [
    compared.score === undefined ? [] : `scores ${compared.score}`,
    compared.answer === undefined ? [] : `answers ${compared.answer}`,
  ].flat();
  return `${what}\ncompared with ${compared.rows} answers of the tool; largest difference: ${differences.join(', ')}`;
}

function numbers(text: string): number[] {
  return names(text).map((each) => {
    const number = Number(each);
    if (Number.isFinite(number)) return number;
    throw new InvalidArgumentError('It takes numbers separated by commas, such as -999.');
  });
}
