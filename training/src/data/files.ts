import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { InputError, inputError } from '../errors.ts';
import { listed } from './cells.ts';

/** @throws InputError NO_FILE */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw inputError('NO_FILE', path);
    throw error;
  }
}

/** Reads a JSON file of a known shape. @throws InputError naming the file and, for a wrong shape, the place in it. */
export async function readJson<S extends v.GenericSchema>(
  path: string,
  schema: S,
  code: 'BAD_PACKAGE' | 'BAD_CORRECTIONS',
): Promise<v.InferOutput<S>> {
  const result = v.safeParse(schema, parse(path, (await readBytes(path)).toString('utf8')));
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
