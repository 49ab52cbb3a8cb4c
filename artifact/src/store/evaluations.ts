import { readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ArtifactError } from '../errors.ts';
import {
  decodeExternal,
  type ExternalEvaluation,
  type ExternalFigures,
  encodeExternal,
  externalFile,
  signed,
} from '../manifest/external.ts';
import { ensureFolder, prepareFile, removeLeftovers } from './atomic.ts';
import { changeRegistry } from './change.ts';
import { registryError } from './errors.ts';
import { readPlainFile } from './plain-file.ts';
import { readWhole } from './read.ts';

/** The evaluations of a version that were made after it was published, and the files among them that cannot be used. */
export interface Evaluations {
  /** By date and name. */
  evaluations: ExternalEvaluation[];
  /** One line each. */
  faults: string[];
}

/** Beside the versions: code of before ignores it there, and a folder of a version holds what its hash covers, nothing else. */
const parent = 'evaluations';

interface Read {
  evaluation: ExternalEvaluation;
  /** Of the file, with members that only newer code knows. */
  text: string;
}

const fileBytes = 1 << 20;
/** Files beyond it are not read. */
const most = 100;

/** Named by the hash of the version, not by its number: the same version has another number in another registry. */
const evaluationsFolder = (folder: string, version: string): string =>
  join(folder, parent, digitsOf(version));

/** The digits of the hash in the name of a version. */
export const digitsOf = (version: string): string => version.slice(version.indexOf('-') + 1);

/** The evaluations in a registry. A server calls it too: what cannot be read is a fault, and never an error. */
export async function readEvaluations(folder: string, version: string): Promise<Evaluations> {
  const { read, faults } = await readAll(folder, version);
  return { evaluations: read.map(({ evaluation }) => evaluation), faults };
}

async function readAll(folder: string, version: string): Promise<{ read: Read[]; faults: string[] }> {
  const place = evaluationsFolder(folder, version);
  const found: { read: Read[]; faults: string[] } = { read: [], faults: [] };
  for (const file of await evaluationFiles(place)) {
    try {
      found.read.push(await readEvaluation(place, file, version));
    } catch (error) {
      const why =
        error instanceof ArtifactError ? error.message : `cannot be read: ${(error as Error).message}`;
      found.faults.push(`the evaluation ${file} of ${version} cannot be used: ${why}`);
    }
  }
  const order = ({ evaluation: { date, name } }: Read) => `${date} ${name}`;
  found.read.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return found;
}

async function evaluationFiles(place: string): Promise<string[]> {
  const names = await readdir(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .slice(0, most);
}

/** @throws ArtifactError */
async function readEvaluation(place: string, file: string, version: string): Promise<Read> {
  const bytes = await readPlainFile(place, file, { limit: fileBytes });
  const evaluation = decodeExternal(bytes, file);
  if (!evaluation.version.startsWith(digitsOf(version)))
    throw new ArtifactError('evaluation', `${file} is of another version, ${evaluation.version.slice(0, 7)}`);
  if (externalFile(evaluation.name) !== file)
    throw new ArtifactError('evaluation', `${file} is of "${evaluation.name}", whose file has another name`);
  return { evaluation, text: bytes.toString('utf8') };
}

/**
 * Writes an evaluation beside its version. A file of that name stays, unless it is to be replaced and is an evaluation of this version.
 * @returns its path
 * @throws RegistryError EVALUATED, NOT_EVALUATION, MOST_EVALUATIONS; ArtifactError for a damaged version
 */
export const addEvaluation = (
  folder: string,
  version: string,
  draft: ExternalFigures,
  { replace = false } = {},
): Promise<string> =>
  changeRegistry(folder, async () => {
    const { manifest, sha256 } = await readWhole(join(folder, version));
    const evaluation = signed({ ...draft, model: manifest.name, version: sha256 });
    const place = evaluationsFolder(folder, version);
    await prepare(place);
    await assertFree(place, version, evaluation.name, replace);
    return write(join(place, externalFile(evaluation.name)), encodeExternal(evaluation));
  });

/**
 * Copies the evaluations beside a version in another registry to those of the same version here; those that are here stay.
 * @param from the folder of the version there
 * @returns the names of those that were copied, and a line for each that was not
 */
export async function copyEvaluations(
  folder: string,
  version: string,
  from: string,
): Promise<{ copied: string[]; faults: string[] }> {
  const { read, faults } = await readAll(dirname(from), basename(from));
  if (read.length === 0) return { copied: [], faults };
  return changeRegistry(folder, async () => {
    const place = evaluationsFolder(folder, version);
    await prepare(place);
    const copied: string[] = [];
    for (const { evaluation, text } of read) {
      const file = externalFile(evaluation.name);
      const here = await existing(place, version, file);
      if (!here) {
        await write(join(place, file), text);
        copied.push(evaluation.name);
      } else if (here.evaluation?.sha256 !== evaluation.sha256) {
        faults.push(
          `${join(place, file)} stays as it is: it differs from the evaluation "${evaluation.name}" there`,
        );
      }
    }
    return { copied, faults };
  });
}

/** Removes the evaluations of a version, and their folder if it holds nothing else. */
export async function removeEvaluations(folder: string, version: string): Promise<void> {
  const place = evaluationsFolder(folder, version);
  for (const file of await evaluationFiles(place)) await rm(join(place, file));
  await rmdir(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTEMPTY') throw error;
  });
}

async function prepare(place: string): Promise<void> {
  await ensureFolder(place);
  await removeLeftovers(place);
}

async function write(path: string, text: string): Promise<string> {
  const prepared = await prepareFile(path, text);
  try {
    await prepared.commit();
  } catch (error) {
    await prepared.discard();
    throw error;
  }
  return path;
}

async function assertFree(place: string, version: string, name: string, replace: boolean): Promise<void> {
  const path = join(place, externalFile(name));
  const found = await existing(place, version, externalFile(name));
  if (!found) {
    if ((await evaluationFiles(place)).length >= most) throw registryError('MOST_EVALUATIONS', place, most);
  } else if (!found.evaluation) throw registryError('NOT_EVALUATION', path, found.fault);
  else if (!replace) throw registryError('EVALUATED', path, found.evaluation.name, found.evaluation.date);
}

/** The evaluation in a file, or why it is none; undefined if there is no such file. */
async function existing(place: string, version: string, file: string) {
  try {
    const { evaluation } = await readEvaluation(place, file, version);
    return { evaluation };
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return error.check === 'missing' ? undefined : { fault: error.message };
  }
}
