const messages = {
  BAD_MODEL_BYTES: (text: string, least: number) =>
    `MODEL_BYTES is "${text}"; it takes a whole number of bytes, at least ${least}`,
  NO_FOLDER: (path: string) => `there is no folder ${path}`,
  NO_MODEL: (models: string) => `${models} holds no model; make one with: hearth train && hearth publish`,
  UNKNOWN_MODEL: (models: string, name: string, known: string) =>
    `${models} holds no model "${name}"; it holds ${known || 'none'}`,
  SEVERAL_MODELS: (models: string, names: string) =>
    `${models} holds several models, ${names}: say which one`,
  UNKNOWN_VERSION: (version: string, known: string) =>
    `there is no version "${version}"; published are: ${known || 'none'}`,
  AMBIGUOUS_VERSION: (version: string, matches: string) =>
    `"${version}" could be ${matches}; write more of it`,
  NO_PRODUCTION: (folder: string) =>
    `no version is in production: ${folder}/aliases.json does not name one; promote one with: hearth promote latest`,
  NOT_SERVABLE: (version: string, why: string) => `${version} cannot serve: ${why}; nothing was changed`,
  NO_EARLIER: (version: string) =>
    `nothing that is still here was in production before ${version}; choose a version with: hearth promote VERSION`,
  CHAMPION_CHANGED: (expected: string, found: string) =>
    `${found} is in production now, and the comparison was with ${expected}: promote again`,
  BAD_ALIASES: (path: string, why: string) =>
    `${path} cannot be used: ${why}; write it anew with: hearth promote VERSION`,
  BAD_JOURNAL: (path: string, lines: string) =>
    `${path}, line ${lines}: is not a journal entry, so what was in production before is not known`,
  UNREADABLE_JOURNAL: (path: string, why: string) =>
    `${path} cannot be read: ${why}, so what was in production before is not known`,
  BAD_DEFAULT: (path: string, why: string) =>
    `${path} cannot be used: ${why}; write it anew with: hearth promote VERSION --model NAME --default`,
  LOCKED: (folder: string) =>
    `another hearth command is writing to ${folder}; try again when it has finished`,
  NO_LOCK: (path: string) =>
    `${path} cannot be locked: the folder has to be writable, on a file system with locks`,
  NO_SPACE: (folder: string) =>
    `there is no room to write to ${folder}: the disk is full, or a limit is reached; nothing was changed`,
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
