import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Keeps the file that a version was made from, beside the versions: a folder of a version holds what its hash covers. Its own hash is in
 * the manifest. @returns its path
 */
export async function keepSource(
  folder: string,
  version: string,
  { name, bytes }: { name: string; bytes: Uint8Array },
): Promise<string> {
  const place = join(folder, 'imported', version.slice(version.indexOf('-') + 1));
  await mkdir(place, { recursive: true });
  const path = join(place, name);
  await writeFile(`${path}.tmp`, bytes);
  await rename(`${path}.tmp`, path);
  return path;
}
