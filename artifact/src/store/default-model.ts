import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { aliasesPath, readAliases } from './aliases.ts';
import { keepBroken, prepareFile } from './atomic.ts';
import { type RegistryError, registryError } from './errors.ts';
import { readable } from './faults.ts';
import { putsInProduction, readJournal } from './journal.ts';
import { findModel, listModels } from './models.ts';
import { readSmallJson } from './text-file.ts';

/** The file beside the models. The first promotion writes it, later ones only with --default. */
const DefaultModel = v.object({ model: v.string() });
const defaultPath = (models: string): string => join(models, 'default.json');

export interface LocatedModel {
  folder: string;
  /** Why default.json cannot be used, if it exists. */
  fault?: RegistryError;
}

/**
 * The model that a server answers with: the one called `name`; without a name the default; without a default the only one; of several
 * the one that was promoted first, so that a new model beside it does not replace it.
 * @throws RegistryError naming the models there are
 */
export async function locateModel(models: string, name?: string): Promise<LocatedModel> {
  if (name !== undefined) return { folder: await findModel(models, name) };
  const names = await listModels(models);
  const { value, error: fault } = await readable(readDefault(models, names));
  const chosen = value ?? (await promotedFirst(models, names));
  const folder = chosen === undefined ? await findModel(models) : join(models, chosen);
  return { folder, ...(fault && { fault }) };
}

/**
 * Writes default.json, with the model that was promoted first, if there is none. Call it after a promotion.
 * @throws RegistryError BAD_DEFAULT for one that cannot be used, which stays as it is
 */
export async function keepDefault(models: string): Promise<void> {
  const names = await listModels(models);
  if ((await readDefault(models, names)) !== undefined) return;
  const first = await promotedFirst(models, names);
  if (first !== undefined) await writeDefault(models, first);
}

/** Makes a model the default. @returns the new name of a default.json that could not be used */
export async function setDefault(models: string, name: string): Promise<string | undefined> {
  const { error } = await readable(readDefault(models, await listModels(models)));
  const aside = error && (await keepBroken(defaultPath(models)));
  await writeDefault(models, name);
  return aside;
}

/** @throws RegistryError BAD_DEFAULT */
async function readDefault(models: string, names: readonly string[]): Promise<string | undefined> {
  const path = defaultPath(models);
  const bad = (why: string, cause?: unknown) => registryError('BAD_DEFAULT', path, why, cause);
  const json = await readSmallJson(path, bad);
  if (json === undefined) return undefined;
  const result = v.safeParse(DefaultModel, json);
  if (!result.success) throw bad('it is not an object such as {"model": "heart"}');
  const { model } = result.output;
  if (!names.includes(model)) throw bad(`there is no model ${JSON.stringify(model)}`);
  return model;
}

async function writeDefault(models: string, model: string): Promise<void> {
  const prepared = await prepareFile(defaultPath(models), `${JSON.stringify({ model }, null, 2)}\n`);
  await prepared.commit();
}

/** The model with the earliest version in production. */
async function promotedFirst(models: string, names: readonly string[]): Promise<string | undefined> {
  const times = await Promise.all(names.map((name) => firstInProduction(join(models, name))));
  const first = Math.min(...times);
  return Number.isFinite(first) ? names[times.indexOf(first)] : undefined;
}

/** When the first version came into production, in milliseconds; infinity if none has. */
async function firstInProduction(folder: string): Promise<number> {
  const { value: journal } = await readable(readJournal(folder));
  const entry = journal?.entries.find((each) => putsInProduction(each) && each.version !== null);
  if (entry) return Date.parse(entry.time);
  // a model that was copied without its journal
  const { value: aliases } = await readable(readAliases(folder));
  return aliases?.production === undefined
    ? Number.POSITIVE_INFINITY
    : (await stat(aliasesPath(folder))).mtimeMs;
}
