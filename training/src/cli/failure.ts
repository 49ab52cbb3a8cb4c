import { ArtifactError } from '@hearth/artifact';
import { RegistryError } from '@hearth/artifact/store';
import { InputError } from '../errors.ts';

const systemFaults: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'it is on a file system that can only be read',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
};

/** What a person is told of an error: one line, and for a fault of Hearth itself, where HEARTH_TRACE is set, where it is. */
export function describeFailure(error: unknown): string {
  const expected = describeExpected(error);
  if (expected !== undefined) return expected;
  if (process.env.HEARTH_TRACE) return `unexpected: ${error instanceof Error ? error.stack : error}`;
  const [line] = String(error).split('\n');
  return `unexpected: ${line}; this is a fault of hearth: HEARTH_TRACE=1 shows where`;
}

function describeExpected(error: unknown): string | undefined {
  if ([InputError, RegistryError, ArtifactError].some((kind) => error instanceof kind)) {
    return (error as Error).message;
  }
  if (!(error instanceof Error)) return undefined;
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return undefined;
  const fault = systemFaults[code];
  return fault && path ? `${path}: ${fault}` : message;
}
