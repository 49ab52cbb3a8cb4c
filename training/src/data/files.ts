import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { InputError, inputError } from '../errors.ts';
import { listed } from './listed.ts';

/** @param example the name of such a file, for the message about a folder. @throws InputError NO_FILE, IS_FOLDER */
async function readBytes(path: string, example = ''): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw inputError('NO_FILE', path);
    if (code === 'EISDIR') throw inputError('IS_FOLDER', path, example);
    throw error;
  }
}

/** Reads a JSON file, such as `example`. @throws InputError naming the file */
export const readJson = async (path: string, example?: string): Promise<unknown> =>
  parse(path, (await readBytes(path, example)).toString('utf8'));

/** Checks the content of a file against a schema. @throws InputError naming the file and each place that is wrong */
export function asShape<S extends v.GenericSchema>(
  path: string,
  value: unknown,
  schema: S,
  code: 'BAD_PACKAGE' | 'BAD_CORRECTIONS',
): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => wrongShape(path, issue, code));
  throw new InputError(code, listed(faults));
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw inputError('NOT_JSON', path, (error as Error).message);
  }
}

function wrongShape(
  path: string,
  issue: v.BaseIssue<unknown>,
  code: 'BAD_PACKAGE' | 'BAD_CORRECTIONS',
): string {
  const inner = issue.issues?.map((each) => v.getDotPath(each) && each).find(Boolean);
  const at = [v.getDotPath(issue), inner && v.getDotPath(inner)].filter(Boolean).join('.');
  return inputError(code, path, at || 'as a whole', (inner || issue).message).message;
}
