import { answerColumns, didYouMean, type Manifest, someOf, usedColumns } from '@hearth/artifact';
import { headerPlace } from '../data/places.ts';
import { inputError } from '../errors.ts';
import type { Source } from '../sources/index.ts';

/** Which columns of a file are read, and which columns its predictions have. */
export interface Plan {
  /** The columns of the file, all of which are copied. */
  copied: readonly string[];
  /** The columns behind them: the answer, and the error unless errors have a file of their own. */
  added: readonly string[];
  /** Whether the last of them is the error. */
  hasErrors: boolean;
  /** What a person should know, a line each. */
  notes: readonly string[];
}

/**
 * Compares the columns of a file with those of a model. Others are copied.
 * @throws InputError BAD_HEADER for a file without a required column, or without any column of the model
 */
export function planColumns(
  source: Pick<Source, 'path' | 'unit' | 'columns'>,
  manifest: Manifest,
  withErrors: boolean,
): Plan {
  const copied = source.columns.map(({ name }) => name);
  const known = manifest.columns.map(({ name }) => name);
  const given = new Set(copied);
  const absent = manifest.columns.filter(({ name }) => !given.has(name));
  const required = absent.find((column) => column.required);
  if (required)
    throw inputError('BAD_HEADER', headerPlace(source), `the column "${required.name}" is required`);
  if (absent.length === known.length)
    throw inputError('BAD_HEADER', headerPlace(source), noColumnOf(copied, known));
  const names = answerColumns(manifest);
  const taken = names.find((name) => given.has(name));
  const answers = taken === undefined ? names : names.map((name) => freeName(`predicted_${name}`, given));
  return {
    copied,
    added: withErrors ? [...answers, freeName('error', given)] : answers,
    hasErrors: withErrors,
    notes: [
      ...unknownNotes(source.path, copied, manifest),
      ...(taken === undefined
        ? []
        : [
            `note: ${source.path} has a column "${taken}" already: the predictions are in columns that begin with predicted_.`,
          ]),
    ],
  };
}

function noColumnOf(copied: readonly string[], known: readonly string[]): string {
  const typo = copied.find((name) => didYouMean(name, known) !== '');
  if (typo !== undefined) return `"${typo}" is not a column of the model${didYouMean(typo, known)}`;
  return `the file has none of the columns of the model, which are ${someOf(known)}`;
}

const freeName = (name: string, taken: ReadonlySet<string>): string =>
  taken.has(name) ? freeName(`predicted_${name}`, taken) : name;

/** Columns that the model does not have. One that is much like a column that is absent may be a typo of it. */
function unknownNotes(path: string, copied: readonly string[], manifest: Manifest): string[] {
  const { columns, features, target } = manifest;
  const known = new Set([...columns.map(({ name }) => name), target.name]);
  const unknown = copied.filter((name) => !known.has(name));
  const used = usedColumns(features);
  const absent = columns.map(({ name }) => name).filter((name) => used.has(name) && !copied.includes(name));
  const typos = unknown.flatMap((name) => {
    const hint = didYouMean(name, absent);
    return hint === ''
      ? []
      : [`warning: ${path}: "${name}" is not a column of the model${hint} It is copied, and not used.`];
  });
  const quoted = unknown.map((name) => `"${name}"`);
  return [
    ...typos,
    ...(unknown.length > 0
      ? [`note: ${path}: copied, as the model has no such columns: ${someOf(quoted)}.`]
      : []),
    ...(absent.length > 0
      ? [
          `note: ${path}: missing in every row, as the file has no such columns: ${someOf(absent.map((name) => `"${name}"`))}.`,
        ]
      : []),
  ];
}
