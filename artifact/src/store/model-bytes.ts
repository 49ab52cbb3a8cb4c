import { registryError } from './errors.ts';

/** The largest trees file that is read where MODEL_BYTES does not say more. */
export const leastModelBytes = 512 << 20;

/** The bytes of the largest trees file that is read. @throws RegistryError BAD_MODEL_BYTES */
export function modelBytes({ MODEL_BYTES: text }: NodeJS.ProcessEnv = process.env): number {
  if (!text) return leastModelBytes;
  const bytes = Number(text);
  if (/^\d+$/.test(text) && bytes >= leastModelBytes && Number.isSafeInteger(bytes)) return bytes;
  throw registryError('BAD_MODEL_BYTES', text, leastModelBytes);
}
