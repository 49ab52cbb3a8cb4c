import { readdir } from 'node:fs/promises';
import { didYouMean } from '../columns/similar.ts';
import { registryError } from './errors.ts';

/** `<n>-<first 7 digits of the content's hash>` */
export const versionName = /^[1-9]\d{0,8}-[0-9a-f]{7}$/;

export const versionNumber = (version: string): number => Number(version.split('-')[0]);

/** Published versions of the model in `folder`, oldest first. */
export async function listVersions(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => versionName.test(name)).sort((a, b) => versionNumber(a) - versionNumber(b));
}

const shown = 10;

/**
 * The version that `wanted` means: its whole name, a unique beginning of it, or `latest`.
 * @param aliases names that exist too, for the error
 */
export async function findVersion(
  folder: string,
  wanted: string,
  aliases: readonly string[] = [],
): Promise<string> {
  const versions = await listVersions(folder);
  const latest = versions.at(-1);
  if (wanted === 'latest' && latest) return latest;
  if (versions.includes(wanted)) return wanted;
  const matches = wanted === '' ? [] : versions.filter((version) => version.startsWith(wanted));
  if (matches.length > 1) throw registryError('AMBIGUOUS_VERSION', wanted, matches.join(' or '));
  if (matches.length === 0) {
    const hint = latest ? didYouMean(wanted, [...aliases, 'latest', ...versions]) : '';
    throw registryError('UNKNOWN_VERSION', wanted, newest(versions) + hint);
  }
  return matches[0];
}

const newest = (versions: readonly string[]): string =>
  (versions.length > shown ? `${versions.length - shown} older ones, ` : '') +
  versions.slice(-shown).join(', ');
