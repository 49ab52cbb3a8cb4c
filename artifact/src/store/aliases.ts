import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { replaceFile } from './atomic.ts';
import { registryError } from './errors.ts';
import { versionName } from './versions.ts';

const Aliases = v.object({ production: v.optional(v.pipe(v.string(), v.regex(versionName))) });
/** What serves: names given to versions. */
export type Aliases = v.InferOutput<typeof Aliases>;

export const aliasesPath = (folder: string): string => join(folder, 'aliases.json');

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
  } catch {
    throw registryError('BAD_ALIASES', path, 'it is not JSON');
  }
  const result = v.safeParse(Aliases, json);
  if (!result.success) throw registryError('BAD_ALIASES', path, 'it does not name a version');
  return result.output;
}

export const writeAliases = (folder: string, aliases: Aliases): Promise<void> =>
  replaceFile(aliasesPath(folder), `${JSON.stringify(aliases, null, 2)}\n`);
