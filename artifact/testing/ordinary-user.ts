import { lchown, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const nobody = 65_534;

/** Runs `work` as a user whom permissions bind, which they do not for root; the folder becomes that user's. */
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
