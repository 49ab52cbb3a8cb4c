import { basename } from 'node:path';

const messages = {
  BAD_MODEL_BYTES: (text: string, least: number) =>
    `MODEL_BYTES is "${text}"; it takes a whole number of bytes, at least ${least}`,
  NO_FOLDER: (path: string) => `there is no folder ${path}`,
  NO_MODEL: (models: string) => `${models} holds no model; make one with: hearth train && hearth publish`,
  UNKNOWN_MODEL: (models: string, name: string, known: string) =>
    `${models} holds no model "${name}"; it holds ${known || 'none'}`,
  SEVERAL_MODELS: (models: string, names: string) =>
    `${models} holds several models, ${names}: choose one with --model NAME or the setting MODEL`,
  UNKNOWN_VERSION: (version: string, known: string) =>
    `there is no version "${version}"; published: ${known || 'none'}`,
  AMBIGUOUS_VERSION: (version: string, matches: string) =>
    `"${version}" could be ${matches}; give more digits`,
  NO_PRODUCTION: (folder: string) =>
    `no version is in production: ${folder}/aliases.json does not name one; promote one with: hearth promote latest --model ${basename(folder)}`,
  NOT_SERVABLE: (version: string, why: string) => `${version} cannot serve: ${why}; nothing was changed`,
  NO_EARLIER: (version: string) =>
    `no version that was in production before ${version} is left; choose one with: hearth promote VERSION`,
  CHAMPION_CHANGED: (expected: string, found: string) =>
    `production has changed from ${expected} to ${found} since the comparison; promote again`,
  BAD_ALIASES: (path: string, why: string) =>
    `${path} cannot be used: ${why}; replace it with: hearth promote VERSION`,
  BAD_JOURNAL: (path: string, lines: string) =>
    `${path}, line ${lines}: not a journal entry; repair or remove it, because rollback and prune need the whole journal`,
  UNREADABLE_JOURNAL: (path: string, why: string) =>
    `${path} cannot be read: ${why}; repair it, because it names the versions that were in production before`,
  EVALUATED: (path: string, name: string, date: string) =>
    `${path} has the evaluation "${name}" of ${date} already; choose another name, or replace it with --replace`,
  NOT_EVALUATION: (path: string, why: string) =>
    `${path} is not replaced: ${why}; move it away, or choose another name`,
  MOST_EVALUATIONS: (folder: string, most: number) =>
    `${folder} holds ${most} evaluations, which is the most for a version; remove one first`,
  BAD_DEFAULT: (path: string, why: string) =>
    `${path} cannot be used: ${why}; replace it with: hearth promote VERSION --model NAME --default`,
  LOCKED: (folder: string) =>
    `another hearth command is writing to ${folder}; try again when it has finished`,
  NO_LOCK: (path: string) =>
    `${path} cannot be locked: the folder must be writable, and on a file system with locks`,
  NO_LOCK_COMMAND: (path: string) =>
    `${path} cannot be locked: this Node has no SQLite, and there is no command flock; install Node 22.13 or later`,
  NO_SPACE: (folder: string) =>
    `there is no room to write to ${folder}: the disk is full or a size limit is reached; nothing was changed`,
  NOT_WRITABLE: (folder: string) => `${folder} cannot be written to: permission denied; nothing was changed`,
} as const;

type Code = keyof typeof messages;

/** An error of the registry as a whole, not of one artifact. */
export class RegistryError extends Error {
  override name = 'RegistryError';
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** @param values the values in the message, then the error that caused it, if any */
export function registryError<C extends Code>(
  code: C,
  ...values: [...Parameters<(typeof messages)[C]>, cause?: unknown]
): RegistryError {
  const message = messages[code] as (...values: unknown[]) => string;
  const cause = values[message.length];
  return new RegistryError(code, message(...values), cause === undefined ? undefined : { cause });
}

const systemErrors = new Map<string, 'NO_SPACE' | 'NOT_WRITABLE'>([
  ['ENOSPC', 'NO_SPACE'],
  ['EDQUOT', 'NO_SPACE'],
  ['EFBIG', 'NO_SPACE'],
  ['EACCES', 'NOT_WRITABLE'],
  ['EPERM', 'NOT_WRITABLE'],
  ['EROFS', 'NOT_WRITABLE'],
]);

/** The error of a failed write to `folder` in words, for the common causes; any other error as it is. */
export function writeError(error: unknown, folder: string): unknown {
  const code = systemErrors.get((error as NodeJS.ErrnoException).code ?? '');
  return code ? registryError(code, folder, error) : error;
}
