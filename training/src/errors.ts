import { join } from 'node:path';
import { listed } from './listed.ts';

const messages = {
  NO_FILE: (path: string) => `${path}: there is no such file`,
  IS_FOLDER: (path: string, example: string) =>
    `${path}: is a folder; name a file${example && `, such as ${join(path, example)}`}`,
  NOT_JSON: (path: string, why: string) => `${path}: is not JSON: ${why}`,
  BAD_PACKAGE: (path: string, where: string, why: string) => `${path}: ${where}: ${why}`,
  UNSUPPORTED: (faults: string) => faults,
  BAD_CORRECTIONS: (path: string, where: string, why: string) => `${path}: ${where}: ${why}`,
  BAD_SOURCE: (path: string, why: string) => `${path}: ${why}`,
  BAD_ROW: (path: string, unit: 'line' | 'row', place: number, why: string) =>
    `${path}, ${unit} ${place}: ${why}`,
  BAD_HEADER: (place: string, why: string) => `${place}: ${why}`,
  NO_ARTIFACT: (folder: string) => `${folder} holds no artifact; make one with: hearth train`,
  OTHER_ARTIFACT: (folder: string, found: string) =>
    `${folder} holds no artifact; train wrote one of a file: hearth publish ${found}`,
  BAD_CELLS: (fault: string) => fault,
  UNKNOWN_COLUMN: (path: string, column: string, known: string) =>
    `${path}: has no column "${column}"; it has ${known}`,
  UNKNOWN_ENGINE: (engine: string, known: string) => `there is no learner "${engine}"; there are ${known}`,
  BAD_OPTIONS: (learner: string, why: string) =>
    `the options of the learner "${learner}" cannot be used: ${why}`,
  UNKNOWN_SETTING: (learner: string, setting: string, known: string) =>
    `--set: the learner "${learner}" has no setting "${setting}"; it has ${known}`,
  MISSING_SETTINGS: (learner: string, known: string, missing: string) =>
    `--set: the learner "${learner}" takes ${known}: all of them, or none, and they are chosen; ${missing} is missing`,
  OTHER_DATA: (path: string, version: string) =>
    `${version} and the version in production cannot be compared by their out-of-fold predictions, so that both must be retrained, but ${path} is not the data of ${version}: name its data package with --data, or with --on a table that neither was trained on`,
  NOT_FOR_ENGINE: (engine: string, column: string, why: string) =>
    `${engine} cannot use the column "${column}": ${why}`,
  NOT_FOR_TARGET: (engine: string, target: string, able: string) =>
    `${engine} cannot learn the target "${target}"; ${able} can`,
  TOO_FEW_ROWS: (path: string, has: string, needed: string) =>
    `${path}: has ${has}; training needs ${needed}`,
  TOO_MANY_ROWS: (path: string, column: string, total: number, most: number) =>
    `${path}: the counts in "${column}" add up to ${total} rows; training expands at most ${most}: divide all counts by the same number, or use them with --weight`,
  BAD_SAMPLING: (path: string, why: string) => `${path}: ${why}`,
  FEW_GROUPS: (path: string, what: string) => `${path}: ${what}; cross-validation needs at least 2`,
  EMPTY_COLUMN: (path: string, columns: string, data: string) =>
    `${path}: no row has a value of ${columns}; take that out of ${data}`,
  OWN_TABLE: (path: string, version: string) =>
    `${path} is the table that ${version} was trained on, which says nothing about other rows; its out-of-fold scores: hearth show ${version}`,
  IMPORT_TABLE: (path: string, version: string) =>
    `${path} is the table of the import of ${version}; evaluate it on rows that it was not trained on`,
  NO_ONNX: (what: string) => `the version cannot be exported as ONNX: ${what}`,
  BAD_IMPORT: (path: string, why: string) => `${path}: ${why}`,
  BAD_OUTPUT: (path: string, why: string) => `${path}: ${why}`,
  NO_SERVER: (command: string) =>
    `hearth ${command} needs the server, which is not in this image; serve with the image hearth-api, or from the package or a checkout`,
  NO_TEMPLATE: (path: string) =>
    `there is no ${path}: hearth new is in the package and in a checkout, not in this image`,
  PORT_TAKEN: (port: number) => `port ${port} is taken; name another with --port, or leave --port out`,
  BAD_TARGET: (path: string, why: string) => `${path}: ${why}`,
} as const;

type Code = keyof typeof messages;

/** Faults in what a person gave. The message says what is wrong, where, and what to do. */
export class InputError extends Error {
  override name = 'InputError';
  readonly code: Code;
  /** All of them; the message has the first ten. */
  readonly faults: readonly string[];

  constructor(code: Code, faults: readonly string[], options?: ErrorOptions) {
    super(listed(faults), options);
    this.code = code;
    this.faults = faults;
  }
}

/** Keeps what checks refuse, so that a user reads of all faults at once. */
export class Refusals {
  readonly #errors: InputError[] = [];

  /** The result of a check; undefined if it refuses. */
  attempt<T>(check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#errors.push(error);
      return undefined;
    }
  }

  /** Throws an error together with what is kept. */
  failWith(error: unknown): never {
    this.attempt(() => {
      throw error;
    });
    this.assertNone();
    throw error;
  }

  /** Keeps faults that are found already. */
  add(code: Code, faults: readonly string[]): void {
    if (faults.length > 0) this.#errors.push(new InputError(code, faults));
  }

  /** @throws InputError of all faults, with the code of the first */
  assertNone(): void {
    const [first] = this.#errors;
    if (!first) return;
    throw new InputError(first.code, [...new Set(this.#errors.flatMap(({ faults }) => faults))], {
      cause: first.cause,
    });
  }
}

export function inputError<C extends Code>(code: C, ...values: Parameters<(typeof messages)[C]>): InputError {
  return new InputError(code, [(messages[code] as (...values: unknown[]) => string)(...values)]);
}
