/** What the exit code of `hearth` says. */
export const exitCode = {
  done: 0,
  /** A file, a folder, a model or a setting cannot be used. */
  failed: 1,
  /** The arguments were not understood. */
  usage: 2,
  /** The gate refused a version, or a check found damage. */
  refused: 3,
  /** A bug in hearth. */
  bug: 70,
} as const;

export const exitCodes = 'Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused or damaged, 70 a bug';
