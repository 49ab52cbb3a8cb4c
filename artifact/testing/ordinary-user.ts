import { lchown, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const nobody = 65_534;

/** Runs `work` as a user without root rights, because permissions do not restrict root. The user becomes the owner of the folder. */
export async function asOrdinaryUser<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const { getuid, seteuid } = process;
  if (getuid?.() !== 0 || !seteuid) return work();
  for (const name of ['', ...(await readdir(folder, { recursive: true }))])
    await lchown(join(folder, name), nobody, nobody);
  seteuid(nobody);
  try {
    return await work();
  } finally {
    seteuid(0);
  }
}
