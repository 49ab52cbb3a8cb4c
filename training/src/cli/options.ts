import { findModel, listModels, openRegistry, type Registry } from '@hearth/artifact/store';
import { readRecord } from '@hearth/artifact/text-table';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type Hints, inShell } from '../infer/index.ts';
import type { SamplingColumns } from '../sampling/columns.ts';
import { encodingName, type SourceOptions } from '../sources/index.ts';
import { defaultData, modelName, modelsFolder } from './settings.ts';

/** Where the data package of a model is. */
export const dataOption = (): Option =>
  new Option('--data <file>', 'the data package').default(defaultData());

/** The folder with a folder per model. */
export const modelsOption = (): Option =>
  new Option('--models <folder>', 'the folder of the models; or set MODELS').default(modelsFolder());

/** Which model, where there are several. */
export const modelOption = (): Option =>
  new Option('--model <model>', 'the model, if there are several; or set MODEL').default(modelName());

export const jsonOption = (): Option => new Option('--json', 'print JSON, for programs');

export const aVersion = 'its name or the beginning of it, latest, or an alias';

/** A version, or several. */
export const versionArgument = (name: string, otherwise = ''): Argument =>
  new Argument(name, `${aVersion}${otherwise}`);

export const productionArgument = (): Argument =>
  versionArgument('[version]', '; default: the one in production');

export interface ModelOptions {
  models: string;
  model?: string;
  json?: boolean;
}

/** A command on the registry of one model. */
export const modelCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .addOption(modelsOption())
    .addOption(modelOption())
    .addOption(jsonOption());

/** The registry of the model that the options name. @throws RegistryError when there is none, or several and no name */
export const openModel = async ({ models, model }: ModelOptions): Promise<Registry> =>
  openRegistry(await findModel(models, model));

/** The options that select the same model in another command. */
export async function modelOptionsFor(model: string, models: string, command: Command): Promise<string> {
  const options = [
    ...(command.getOptionValueSource('models') === 'default' ? [] : [`--models ${models}`]),
    ...((await listModels(models)).length > 1 ? [`--model ${model}`] : []),
  ];
  return options.map((option) => ` ${option}`).join('');
}

/** A version by its whole name, and its registry. @param wanted as `aVersion` says; the one in production if left out */
export async function openVersion(
  model: ModelOptions,
  wanted: string | undefined,
): Promise<{ registry: Registry; version: string }> {
  const registry = await openModel(model);
  const version = await (wanted === undefined ? registry.production() : registry.find(wanted));
  return { registry, version };
}

/** Where a change of what is in production can be read. */
export const writtenIn = (registry: Registry): string =>
  `written in ${registry.folder}/aliases.json and ${registry.folder}/journal.jsonl`;

/** Parses the value of an option. */
export const wholeNumber =
  (least = 0, most = 999_999_999) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };

/** Parses a time: seconds, or minutes or hours with their unit. */
export function duration(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(s|m|min|h)?$/.exec(text) ?? [];
  const seconds = Number(number) * (unit === 'h' ? 3600 : unit === 's' ? 1 : 60);
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('It takes a time, such as 60s, 10m or 2h.');
}

/** Parses NAME=NUMBER, once for each setting. */
export function setting(text: string, before: Record<string, number> = {}): Record<string, number> {
  const [, name, number] = /^([A-Za-z]\w*)=(\S+)$/.exec(text) ?? [];
  if (name === undefined || Number.isNaN(Number(number)))
    throw new InvalidArgumentError('It takes a name and a number, such as trees=500.');
  return { ...before, [name]: Number(number) };
}

/** Parses a share between 0 and 1, without both. */
function share(text: string): number {
  const value = Number(text);
  if (/^\d*\.\d+$/.test(text) && value > 0 && value < 1) return value;
  throw new InvalidArgumentError('It takes a share above 0 and below 1, such as 0.02.');
}

/** Parses ascending shares with commas between. */
function quantiles(text: string): number[] {
  const shares = text.split(',').map((each) => share(each.trim()));
  if (shares.length < 2) throw new InvalidArgumentError('It takes at least two shares, such as 0.1,0.5,0.9.');
  if (shares.every((each, i) => i === 0 || each > shares[i - 1])) return shares;
  throw new InvalidArgumentError('It takes shares in ascending order, such as 0.1,0.5,0.9.');
}

/** Parses a share, or the share of each class, as in `low=0.2,middle=0.5,high=0.3`. */
export function prior(text: string): number | Record<string, number> {
  if (!text.includes('=')) return share(text);
  const shares = names(text).map((each) => {
    const at = each.lastIndexOf('=');
    if (at < 1) throw new InvalidArgumentError(`It takes CLASS=SHARE with commas between, not "${each}".`);
    return [each.slice(0, at), share(each.slice(at + 1))] as const;
  });
  const twice = shares.find(([value], i) => shares.findIndex(([other]) => other === value) !== i);
  if (twice) throw new InvalidArgumentError(`It names "${twice[0]}" twice.`);
  return Object.fromEntries(shares);
}

/** Parses names with commas between; a name in quotes may have commas in it. */
export function names(text: string): string[] {
  const given = readRecord(text, ',')?.map((name) => name.trim());
  if (!given) throw new InvalidArgumentError('It has quotes that do not pair up.');
  if (given.includes('')) throw new InvalidArgumentError('It takes names separated by commas; one is empty.');
  const twice = given.find((name, i) => given.indexOf(name) !== i);
  if (twice === undefined) return given;
  throw new InvalidArgumentError(`It names "${twice}" twice.`);
}

/** What a user says about a file; everything else is inferred. */
export interface HintFlags extends SamplingColumns {
  target?: string;
  positive?: string;
  classes?: true;
  counts?: true;
  quantiles?: number[];
  encoding?: string;
  missing?: string[];
  leaveOut?: string[];
}

/** Adds the options about a file to a command. */
export const addHints = (command: Command): Command =>
  command
    .option('--target <column>', 'the column to predict')
    .option('--positive <value>', 'the value of the target whose probability is predicted')
    .option('--encoding <name>', 'the encoding of a text file (default: it is found)', encoding)
    .addOption(new Option('--classes', 'the numbers of the target name classes').conflicts('counts'))
    .option('--counts', 'the target counts events: whole numbers from 0')
    .addOption(
      new Option(
        '--quantiles <shares>',
        'predict these quantiles of a number instead of its mean, such as 0.1,0.5,0.9; they never cross',
      )
        .argParser(quantiles)
        .conflicts(['positive', 'classes', 'counts']),
    )
    .option('--missing <texts>', 'more texts that mean a missing value, separated by commas', names)
    .option('--leave-out <columns>', 'columns that the model must not use, separated by commas', names)
    .option('--count <column>', 'a row stands for so many rows')
    .option('--weight <column>', 'how much a row weighs in training and in scores')
    .option('--group <column>', 'rows with the same value stay in one fold, such as visits of a patient')
    .option('--time <column>', 'rows are predicted by models of earlier rows')
    .addOption(
      new Option(
        '--exposure <column>',
        'for how much of something, such as time, the events of a row are counted: the model learns their rate; with it the target is a count',
      ).implies({ counts: true }),
    )
    .option(
      '--prior <share>',
      'the share of class 1 in the population, if the rows were chosen by class; answers are corrected for it. Of several classes the share of each: low=0.2,middle=0.5,high=0.3',
      prior,
    );

/** What the options say about how the rows came about. */
export const samplingFlags = ({ count, weight, group, time, exposure, prior }: HintFlags): SamplingColumns =>
  Object.fromEntries(
    Object.entries({ count, weight, group, time, exposure, prior }).filter(
      ([, value]) => value !== undefined,
    ),
  );

/** The hints of a command that has a file. */
export function hintsOf(flags: HintFlags, command: Command): Hints {
  const { target, positive, classes, counts, quantiles, encoding, missing, leaveOut } = flags;
  if (target === undefined) return command.error('error: name the column to predict: --target COLUMN');
  return {
    target,
    positive,
    classes,
    counts,
    quantiles,
    encoding,
    missing,
    leaveOut,
    sampling: samplingFlags(flags),
  };
}

/** The hints as options of another command. */
export function hintOptions({
  target,
  positive,
  classes,
  counts,
  quantiles: shared,
  encoding,
  missing,
  leaveOut,
  sampling,
}: Hints): string {
  const lists = { missing: missing?.map(inList).join(), 'leave-out': leaveOut?.map(inList).join() };
  const shares = sampling?.prior;
  const named =
    typeof shares === 'object' &&
    Object.entries(shares)
      .map(([value, each]) => inList(`${value}=${each}`))
      .join();
  const given = {
    target,
    positive,
    encoding,
    ...(shared && { quantiles: shared.join() }),
    ...lists,
    ...sampling,
    ...(named !== false && { prior: named }),
  };
  return Object.entries(given)
    .flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${inShell(String(value))}`]))
    .concat(classes ? ['--classes'] : [], counts ? ['--counts'] : [])
    .join(' ');
}

const inList = (name: string): string => (name.includes(',') ? `"${name}"` : name);

/** What a user says about a file or a database; everything else is found in it. */
export interface SourceFlags {
  delimiter?: string;
  encoding?: string;
  table?: string;
  query?: string;
}

export const addSourceOptions = (command: Command): Command =>
  command
    .option(
      '--delimiter <character>',
      'what separates the cells of a text file (default: found in its header)',
      character,
    )
    .option(
      '--encoding <name>',
      'of a text file (default: found; UTF-8, UTF-16 or else Windows-1252)',
      encoding,
    )
    .option('--table <name>', 'the table to read, of a database')
    .addOption(new Option('--query <sql>', 'the rows to read, of a database').conflicts('table'));

export const sourceOptionsOf = ({ delimiter, encoding, table, query }: SourceFlags): SourceOptions => ({
  delimiter,
  encoding,
  table,
  query,
});

function character(text: string): string {
  const meant = text === '\\t' ? '\t' : text;
  if ([...meant].length === 1 && !/[\r\n]/.test(meant)) return meant;
  throw new InvalidArgumentError('It takes one character, such as | or \\t.');
}

function encoding(text: string): string {
  if (encodingName(text) !== undefined) return text;
  throw new InvalidArgumentError(
    'It takes an encoding of web pages, such as utf-16, windows-1252 or latin1.',
  );
}

/** The result of a command, for programs. */
export const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2));
