import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ArtifactError } from '../errors.ts';

/** Do not follow a link, and do not wait for a writer of a pipe. Windows has neither flag. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a plain file; its size is checked before it is read.
 * @param exact the size that it must have, if known
 * @throws ArtifactError 'missing', 'file' or 'size'
 */
export async function readPlainFile(
  folder: string,
  name: string,
  { limit, exact }: { limit: number; exact?: number },
): Promise<Buffer> {
  const file = await openFile(folder, name);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw notPlain(name);
    if (stat.size > limit) {
      throw new ArtifactError('size', `${name} has ${stat.size} bytes; at most ${limit} are read`);
    }
    if (exact !== undefined && stat.size !== exact) {
      throw new ArtifactError('size', `${name} has ${stat.size} bytes, its manifest says ${exact}`);
    }
    return await readAll(file, name, stat.size);
  } finally {
    await file.close();
  }
}

async function openFile(folder: string, name: string): Promise<FileHandle> {
  try {
    return await open(join(folder, name), flags);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new ArtifactError('missing', `${basename(folder)} has no ${name}`, { cause });
    }
    // ELOOP: a link; ENXIO: a socket; ENOTDIR: the version itself is a file
    if (code === 'ELOOP' || code === 'ENXIO') throw notPlain(name, cause);
    if (code === 'ENOTDIR') throw new ArtifactError('file', `${basename(folder)} is not a folder`, { cause });
    throw cause;
  }
}

/** Reads `size` bytes and checks that there are no more: the file may grow, or report a wrong size as files in /proc do. */
async function readAll(file: FileHandle, name: string, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size + 1);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  if (filled !== size) throw new ArtifactError('size', `${name} changed while it was read`);
  return bytes.subarray(0, size);
}

const notPlain = (name: string, cause?: unknown): ArtifactError =>
  new ArtifactError('file', `${name} is not a plain file`, { cause });
