import { ArtifactError } from '@hearth/artifact';
import { RegistryError } from '@hearth/artifact/store';
import { InputError } from '../errors.ts';
import { asCalled } from './called-as.ts';
import { exitCode } from './exit-codes.ts';

const systemFaults: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
};

/** What to do about an error of the registry, where its message, which servers show too, cannot say it. */
const nextSteps: Record<string, string> = {
  NO_FOLDER:
    '; make it with: hearth train FILE --target COLUMN, then hearth publish; or name another with --models',
};

/** One line about an error, for the user. A bug of hearth shows its stack where HEARTH_TRACE is set. */
export function describeFailure(error: unknown): string {
  const expected = describeExpected(error);
  if (expected !== undefined) return asCalled(expected);
  if (process.env.HEARTH_TRACE) return `unexpected: ${error instanceof Error ? error.stack : error}`;
  const [line] = String(error).split('\n');
  return `unexpected: ${line}; this is a bug in hearth: HEARTH_TRACE=1 shows where`;
}

/** Prints an error. @returns the exit code that it ends the command with */
export function reportFailure(error: unknown): number {
  process.stderr.write(`hearth: ${describeFailure(error)}\n`);
  return describeExpected(error) === undefined ? exitCode.bug : exitCode.failed;
}

function describeExpected(error: unknown): string | undefined {
  if (error instanceof RegistryError) return error.message + (nextSteps[error.code] ?? '');
  if (error instanceof InputError || error instanceof ArtifactError) return error.message;
  if (!(error instanceof Error)) return undefined;
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return undefined;
  const fault = systemFaults[code];
  return fault && path ? `${path}: ${fault}` : message;
}
