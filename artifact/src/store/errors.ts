const messages = {
  UNKNOWN_VERSION: (version: string, known: string) =>
    `there is no version "${version}"; published are: ${known || 'none'}`,
  AMBIGUOUS_VERSION: (version: string, matches: string) =>
    `"${version}" could be ${matches}; write more of it`,
  NO_PRODUCTION: (folder: string) =>
    `no version is in production: ${folder}/aliases.json does not name one; promote one with: hearth promote latest`,
  BAD_ALIASES: (path: string, why: string) => `${path} cannot be used: ${why}`,
  BAD_JOURNAL: (path: string, line: number) => `${path}, line ${line}: is not a journal entry`,
} as const;

type Code = keyof typeof messages;

/** Something about the registry as a whole, not about one artifact. */
export class RegistryError extends Error {
  override name = 'RegistryError';
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.code = code;
  }
}

export function registryError<C extends Code>(
  code: C,
  ...values: Parameters<(typeof messages)[C]>
): RegistryError {
  const message = (messages[code] as (...values: unknown[]) => string)(...values);
  return new RegistryError(code, message);
}
