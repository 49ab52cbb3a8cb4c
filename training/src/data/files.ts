import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { InputError, inputError } from '../errors.ts';

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
  code: 'BAD_CORRECTIONS',
): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new InputError(
    code,
    result.issues.map(shapeFault).map(({ at, why }) => `${path}: ${at.join('.') || 'as a whole'}: ${why}`),
  );
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw inputError('NOT_JSON', path, (error as Error).message);
  }
}

/** A place that a schema refuses, and why. */
export interface ShapeFault {
  /** The members that lead to it; empty for the whole. */
  at: (string | number)[];
  why: string;
}

export function shapeFault(issue: v.BaseIssue<unknown>): ShapeFault {
  const inner = issue.issues?.map((each) => each.path && each).find(Boolean);
  const keys = ({ path }: v.BaseIssue<unknown>) => path?.map(({ key }) => key as string | number) ?? [];
  return { at: [...keys(issue), ...(inner ? keys(inner) : [])], why: plainWhy(inner || issue) };
}

/** The message of an issue in the words of this project, unless the schema has one of its own. */
function plainWhy({ message, expected, received, type, kind }: v.BaseIssue<unknown>): string {
  if (!message.startsWith('Invalid ')) return message;
  if (expected === 'never') return 'is not known';
  if (received === 'undefined') return 'is missing';
  if (kind === 'schema') return `is ${received}; it takes ${kinds[String(expected)] ?? expected}`;
  return type.endsWith('length') ? `has the length ${received}; it takes ${expected}` : message;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
};
