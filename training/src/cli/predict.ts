import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { type Command, Option } from 'commander';
import { inputError } from '../errors.ts';
import { openFileOutput } from '../output/index.ts';
import {
  errorHeader,
  errorLines,
  notesAfter,
  type OutputFormat,
  outputFormatOf,
  type Predicted,
  planColumns,
  predictFile,
} from '../predict/index.ts';
import { openSource } from '../sources/index.ts';
import { examples } from './called-as.ts';
import { exitCode } from './exit-codes.ts';
import {
  addSourceOptions,
  aVersion,
  type ModelOptions,
  modelCommand,
  openVersion,
  type SourceFlags,
  sourceOptionsOf,
} from './options.ts';
import { rowCounter } from './row-counter.ts';

interface Options extends ModelOptions, SourceFlags {
  modelVersion?: string;
  out?: string;
  errors?: string;
  format?: OutputFormat;
}

export const command = (): Command =>
  addSourceOptions(
    modelCommand(
      'predict',
      'Predicts the rows of a table with any version, as the API does. Prints the table with the predictions in new columns at the end. Columns that the model does not have are copied. A row that cannot be answered has its error in the column error; the others are answered, and the exit code is 1.',
    ).argument(
      '<file>',
      'CSV, JSON, JSON lines, Parquet, an SQLite file, a folder of parts, postgres://…, or - for standard input; an empty cell, or a code of the column, is a missing value',
    ),
  )
    .option('--model-version <version>', `${aVersion}; default: the one in production`)
    .option('--out <file>', 'a new file for the result (default: print it)')
    .addOption(
      new Option('--format <format>', 'of the result (default: by the name of --out; otherwise csv)').choices(
        ['csv', 'jsonl', 'parquet'],
      ),
    )
    .option(
      '--errors <file>',
      'a new file for the errors, with the line or row of each, in place of the column',
    )
    .addHelpText(
      'after',
      examples(
        'predict patients.csv --out predictions.csv',
        'predict --model-version 3 patients.parquet --out predictions.parquet',
        'predict clinic.sqlite --query "SELECT * FROM visits WHERE year = 2024" --errors errors.csv > predictions.csv',
      ),
    )
    .action(async (file: string, options: Options) => {
      const { modelVersion, out, errors, json } = options;
      const format = options.format ?? (json ? 'json' : outputFormatOf(out));
      if (format === 'parquet' && out === undefined && process.stdout.isTTY)
        throw inputError(
          'BAD_OUTPUT',
          'predictions',
          'Parquet is not printed on a terminal: name a file with --out',
        );
      if (out !== undefined && errors !== undefined && resolve(out) === resolve(errors))
        throw inputError('BAD_OUTPUT', errors, 'is the file of --out: choose another --errors');
      const output = out === undefined ? undefined : await openFileOutput(out);
      const errorsOutput = errors === undefined ? undefined : await openFileOutput(errors);
      const { registry, version } = await openVersion(options, modelVersion);
      const model = await registry.load(version);
      const source = await openSource(file, { ...sourceOptionsOf(options), keepsBadRows: true });
      const failures = new PassThrough();
      const say = (text: string) => void process.stderr.write(`${text}\n`);
      try {
        const plan = planColumns(source, model.manifest, errorsOutput === undefined);
        for (const note of plan.notes) say(note);
        const { decimal, delimiter, unit } = source;
        const counter = rowCounter(process.stderr);
        const predicted: Predicted = { rows: 0, failed: 0 };
        failures.write(errorHeader(unit));
        const content = predictFile(
          source,
          model,
          join(registry.folder, model.version),
          { plan, decimal, delimiter, format },
          predicted,
          {
            onRows: counter.show,
            async onErrors(some) {
              if (errorsOutput && !failures.write(errorLines(some))) await once(failures, 'drain');
            },
          },
        );
        const written = errorsOutput?.write(failures);
        await Promise.all([
          (output ? output.write(content) : print(content)).then(() => failures.end()),
          written,
        ]);
        counter.end();
        for (const note of notesAfter(source, plan, model.manifest, predicted)) say(`note: ${note}`);
        if (out !== undefined) say(`predictions by ${model.version} written to ${out}`);
        const { rows, failed, first } = predicted;
        if (!first) return;
        const where = errors ?? `the column ${plan.added.at(-1)}`;
        say(
          `hearth: ${failed} of ${rows} rows could not be answered; their errors are in ${where}, the first:`,
        );
        say(
          `${source.path}, ${unit} ${first.place}${first.error.startsWith('column ') ? ', ' : ': '}${first.error}`,
        );
        process.exitCode = exitCode.failed;
      } finally {
        failures.destroy();
        await source.close();
      }
    });

async function print(content: AsyncIterable<string | Uint8Array>): Promise<void> {
  for await (const piece of content) {
    const bytes =
      typeof piece === 'string' ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
  }
}
