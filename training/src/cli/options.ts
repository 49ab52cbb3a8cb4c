import { findModel, openRegistry, type Registry } from '@hearth/artifact/store';
import { Command, InvalidArgumentError, Option } from 'commander';

/** Where the data package of a model is. */
export const dataOption = (): Option =>
  new Option('--data <file>', 'the data package').default('data/heart/datapackage.json');

/** Where the models are, each in a folder with its versions. */
export const modelsOption = (): Option =>
  new Option('--models <folder>', 'the folder of the models').env('HEARTH_MODELS').default('models');

/** Which model, where there are several. */
export const modelOption = (): Option =>
  new Option('--model <name>', 'which of them, where there are several').env('HEARTH_MODEL');

export const jsonOption = (): Option => new Option('--json', 'for programs');

export interface ModelOptions {
  models: string;
  model?: string;
  json?: boolean;
}

/** A command on the registry of one model, which can answer for programs. */
export const modelCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .addOption(modelsOption())
    .addOption(modelOption())
    .addOption(jsonOption());

/** The registry of the model that the options name. @throws RegistryError when there is none, or several and no name */
export const openModel = async ({ models, model }: ModelOptions): Promise<Registry> =>
  openRegistry(await findModel(models, model));

/** A version by what a person calls it; the one in production where nothing is said. */
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
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };

/** Parses names with commas between. */
export function names(text: string): string[] {
  const given = text.split(',').map((name) => name.trim());
  if (given.includes('')) throw new InvalidArgumentError('It is names with commas between; one is empty.');
  const twice = given.find((name, i) => given.indexOf(name) !== i);
  if (twice === undefined) return given;
  throw new InvalidArgumentError(`It names "${twice}" twice.`);
}

/** The answer of a command, for programs. */
export const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2));
