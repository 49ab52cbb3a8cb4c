/** A setting that cannot be used. The message names the variable and what it takes. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
