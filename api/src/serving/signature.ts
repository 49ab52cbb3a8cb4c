import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Changes when a file is created, written, replaced or removed. */
export async function fileSignature(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error); // the reader of the file reports what it means
  }
}

/** Changes when any file in the folder does. */
export async function folderSignature(folder: string): Promise<string> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
  const files = names.sort().map(async (name) => `${name} ${await fileSignature(join(folder, name))}`);
  return (await Promise.all(files)).join('\n');
}
