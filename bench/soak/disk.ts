import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for models, on its own small disk if this user can mount one. */
export interface Disk {
  path: string;
  /** Whether it is small enough to be filled. */
  small: boolean;
  remove(): void;
}

export function makeDisk(): Disk {
  const path = mkdtempSync(join(tmpdir(), 'hearth-soak-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', path], { stdio: 'pipe' });
  } catch {
    return { path, small: false, remove: () => rmSync(path, { recursive: true }) }; // the report says that it was left out
  }
  return {
    path,
    small: true,
    remove() {
      execFileSync('umount', [path]);
      rmSync(path, { recursive: true });
    },
  };
}

/** Fills the disk to the last byte. @returns a function that frees the space */
export async function fillDisk(path: string): Promise<() => Promise<void>> {
  const filler = join(path, '.filler');
  const file = await open(filler, 'w');
  try {
    for (let size = 1 << 20; size >= 1; ) {
      await file.write(Buffer.alloc(size)).then(
        ({ bytesWritten }) => {
          if (bytesWritten < size) size >>= 1;
        },
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOSPC') throw error;
          size >>= 1;
        },
      );
    }
  } finally {
    await file.close();
  }
  return () => rm(filler);
}
