import { findModel, listModels, openRegistry, type Registry } from '@hearth/artifact/store';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { modelName, modelsFolder } from './settings.ts';

/** Where the data package of a model is. */
export const dataOption = (): Option =>
  new Option('--data <file>', 'the data package').default('data/heart/datapackage.json');

/** The folder with a folder per model. */
export const modelsOption = (): Option =>
  new Option('--models <folder>', 'the folder of the models; or set MODELS').default(modelsFolder());

/** Which model, where there are several. */
const modelOption = (): Option =>
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

/** The whole name of a version; the one in production where none is named. */
export const findVersion = (registry: Registry, wanted: string | undefined): Promise<string> =>
  wanted === undefined ? registry.production() : registry.find(wanted);

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

/** Parses a share between 0 and 1, without both. */
export function share(text: string): number {
  const value = Number(text);
  if (/^\d*\.\d+$/.test(text) && value > 0 && value < 1) return value;
  throw new InvalidArgumentError('It takes a share above 0 and below 1, such as 0.02.');
}

/** Parses names with commas between. */
export function names(text: string): string[] {
  const given = text.split(',').map((name) => name.trim());
  if (given.includes('')) throw new InvalidArgumentError('It takes names separated by commas; one is empty.');
  const twice = given.find((name, i) => given.indexOf(name) !== i);
  if (twice === undefined) return given;
  throw new InvalidArgumentError(`It names "${twice}" twice.`);
}

/** The result of a command, for programs. */
export const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2));
