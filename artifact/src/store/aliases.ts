import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Prepared, prepareFile } from './atomic.ts';
import { registryError } from './errors.ts';
import { versionName } from './versions.ts';

const version = v.pipe(v.string(), v.regex(versionName));
const Aliases = v.objectWithRest({ production: v.optional(version) }, version);
/** Names given to versions; `production` is what serves. Others are kept, and keep their versions from being pruned. */
export type Aliases = v.InferOutput<typeof Aliases>;

const aliasesPath = (folder: string): string => join(folder, 'aliases.json');

/** @throws RegistryError BAD_ALIASES */
export async function readAliases(folder: string): Promise<Aliases> {
  const path = aliasesPath(folder);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw registryError('BAD_ALIASES', path, 'it is not JSON', cause);
  }
  const result = v.safeParse(Aliases, json);
  if (!result.success) throw registryError('BAD_ALIASES', path, 'it does not name a version');
  return result.output;
}

/** Writes new aliases beside the old ones; its `commit` puts them in force. */
export const prepareAliases = (folder: string, aliases: Aliases): Promise<Prepared> =>
  prepareFile(aliasesPath(folder), `${JSON.stringify(aliases, null, 2)}\n`);
