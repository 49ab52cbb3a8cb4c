const messages = {
  NO_FOLDER: (path: string) => `there is no folder ${path}`,
  NO_MODEL: (models: string) => `${models} has no model; make one with: hearth train && hearth publish`,
  UNKNOWN_MODEL: (models: string, name: string, known: string) =>
    `${models} has no model "${name}"; it has ${known || 'none'}`,
  SEVERAL_MODELS: (models: string, names: string) => `${models} has several models: ${names}`,
  UNKNOWN_VERSION: (version: string, known: string) =>
    `there is no version "${version}"; published: ${known || 'none'}`,
  AMBIGUOUS_VERSION: (version: string, matches: string) =>
    `"${version}" could be ${matches}; write more of the name`,
  NO_PRODUCTION: (folder: string) =>
    `no version is in production: ${folder}/aliases.json does not name one; promote one with: hearth promote latest`,
  NOT_SERVABLE: (version: string, why: string) => `${version} cannot serve: ${why}; nothing was changed`,
  NO_EARLIER: (version: string) =>
    `there is no version to roll back to: none that still exists was in production before ${version}; choose one with: hearth promote VERSION`,
  CHAMPION_CHANGED: (expected: string, found: string) =>
    `the version in production changed from ${expected} to ${found} during the comparison; promote again`,
  BAD_ALIASES: (path: string, why: string) =>
    `${path} cannot be used: ${why}; replace it with: hearth promote VERSION`,
  BAD_JOURNAL: (path: string, lines: string) =>
    `${path}, line ${lines}: is not a journal entry, so the version that was in production before is not known; repair or remove that line`,
  UNREADABLE_JOURNAL: (path: string, why: string) =>
    `${path} cannot be read: ${why}, so the version that was in production before is not known`,
  BAD_DEFAULT: (path: string, why: string) =>
    `${path} cannot be used: ${why}; replace it with: hearth promote VERSION --model NAME --default`,
  LOCKED: (folder: string) =>
    `another hearth command is writing to ${folder}; try again when it has finished`,
  NO_LOCK: (path: string) =>
    `${path} cannot be locked: the folder must be writable, on a file system that supports locks`,
  NO_SPACE: (folder: string) =>
    `there is no space to write to ${folder}: the disk is full, or a quota is reached; nothing was changed`,
  NOT_WRITABLE: (folder: string) => `${folder} cannot be written to: permission denied; nothing was changed`,
} as const;

type Code = keyof typeof messages;

/** Something about the registry as a whole, not about one artifact. */
export class RegistryError extends Error {
  override name = 'RegistryError';
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** @param values what the message names, and after it the error that was the cause, where there is one */
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

/** What kept a write from `folder`, in words, where it is one of the faults that people meet; otherwise the error itself. */
export function writeError(error: unknown, folder: string): unknown {
  const code = systemErrors.get((error as NodeJS.ErrnoException).code ?? '');
  return code ? registryError(code, folder, error) : error;
}
