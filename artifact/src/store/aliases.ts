import { join } from 'node:path';
import * as v from 'valibot';
import { type Prepared, prepareFile } from './atomic.ts';
import { registryError } from './errors.ts';
import { readSmallJson } from './text-file.ts';
import { findVersion, versionName } from './versions.ts';

const version = v.pipe(v.string(), v.regex(versionName));
const Aliases = v.objectWithRest({ production: v.optional(version) }, version);
/** Names of versions; `production` is the one that serves. A version with any alias is not pruned. */
export type Aliases = v.InferOutput<typeof Aliases>;

export const aliasesPath = (folder: string): string => join(folder, 'aliases.json');

/** @throws RegistryError BAD_ALIASES for a file that cannot be read or holds anything else */
export async function readAliases(folder: string): Promise<Aliases> {
  const path = aliasesPath(folder);
  const bad = (why: string, cause?: unknown) => registryError('BAD_ALIASES', path, why, cause);
  const json = await readSmallJson(path, bad);
  if (json === undefined) return {};
  const result = v.safeParse(Aliases, json);
  if (Array.isArray(json) || !result.success)
    throw bad('it is not an object such as {"production": "3-8f1c2a9"}');
  return result.output;
}

/** Writes new aliases to a temporary file; `commit` puts them into effect. */
export const prepareAliases = (folder: string, aliases: Aliases): Promise<Prepared> =>
  prepareFile(aliasesPath(folder), `${JSON.stringify(aliases, null, 2)}\n`);

/**
 * The version that `wanted` means: an alias, or what `findVersion` knows.
 * @throws RegistryError where there is none, or several
 */
export async function resolveVersion(folder: string, wanted: string): Promise<string> {
  const isAlias = /^[a-z]/i.test(wanted) && wanted !== 'latest';
  if (!isAlias) return findVersion(folder, wanted);
  const aliases = await readAliases(folder);
  if (wanted === 'production' && !aliases.production) throw registryError('NO_PRODUCTION', folder);
  return findVersion(folder, Object.hasOwn(aliases, wanted) ? aliases[wanted] : wanted, Object.keys(aliases));
}
