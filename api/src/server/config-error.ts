/** An unusable setting. The message names the variable and the values that it takes. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
