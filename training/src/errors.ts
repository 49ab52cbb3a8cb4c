import { join } from 'node:path';

const messages = {
  NO_FILE: (path: string) => `${path}: there is no such file`,
  IS_FOLDER: (path: string) =>
    `${path}: is a folder; name the file, such as ${join(path, 'datapackage.json')}`,
  NOT_UTF8: (path: string) => `${path}: is not text in UTF-8; save it as UTF-8`,
  NOT_JSON: (path: string, why: string) => `${path}: is not JSON: ${why}`,
  BAD_PACKAGE: (path: string, where: string, why: string) => `${path}: ${where}: ${why}`,
  UNSUPPORTED: (faults: string) => faults,
  BAD_CORRECTIONS: (path: string, where: string, why: string) => `${path}: ${where}: ${why}`,
  BAD_CSV: (path: string, line: number, why: string) => `${path}, line ${line}: ${why}`,
  BAD_HEADER: (path: string, why: string) => `${path}, line 1: ${why}`,
  NO_ARTIFACT: (folder: string) => `${folder} holds no artifact; make one with: hearth train`,
  NOT_PUBLISHABLE: (faults: string) => faults,
  BAD_CELLS: (faults: string) => faults,
  UNKNOWN_COLUMN: (path: string, column: string, known: string) =>
    `${path}: has no column "${column}"; it has ${known}`,
  UNKNOWN_ENGINE: (engine: string, known: string) => `no learner is called "${engine}"; known are ${known}`,
  BAD_OPTIONS: (learner: string, why: string) =>
    `the options of the learner "${learner}" cannot be used: ${why}`,
  OTHER_DATA: (path: string, version: string) =>
    `${version} and the version in production were learned from different data, and ${path} is not the data of ${version}: name its data package with --data`,
  NOT_FOR_ENGINE: (engine: string, column: string, why: string) =>
    `${engine} cannot use the column "${column}": ${why}`,
  TOO_MANY_ROWS: (path: string, rows: number, most: number) =>
    `${path}: has ${rows} rows; a model has room for the predictions of ${most}: train it on some of them`,
  TOO_FEW_ROWS: (path: string, has: string, needed: string) =>
    `${path}: has ${has}; a model that can be judged needs ${needed}`,
  EMPTY_COLUMN: (path: string, column: string, data: string) =>
    `${path}: the column "${column}" has no value in any row; take it out of ${data}`,
  BAD_OUTPUT: (path: string, why: string) => `${path}: ${why}`,
  BAD_TARGET: (path: string, why: string) => `${path}: ${why}`,
} as const;

type Code = keyof typeof messages;

/** Something wrong with what a person gave: the message says what, where and what to do. */
export class InputError extends Error {
  override name = 'InputError';
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export function inputError<C extends Code>(code: C, ...values: Parameters<(typeof messages)[C]>): InputError {
  return new InputError(code, (messages[code] as (...values: unknown[]) => string)(...values));
}
