import { dirname, join } from 'node:path';
import { draftPackage, type PackageDraft } from '../data/package.ts';
import { isAddress, passwordApart, readSource, type SourceOptions } from '../sources/index.ts';
import { describeInferred, type ShortDescriptor } from './descriptor.ts';
import { type Hints, type Inferred, infer } from './infer.ts';

/** A table as it is, and what it is taken for. */
export interface InferredPackage {
  /** Of the table, without a password. */
  place: string;
  inferred: Inferred;
  descriptor: ShortDescriptor;
  draft: PackageDraft;
}

/**
 * Infers the data package of a table.
 * @param source how the file is read, as far as the user says so
 * @param folder where the data package would be
 * @throws InputError naming what is wrong with file, target or hints
 */
export async function inferPackage(
  file: string,
  hints: Hints,
  source: SourceOptions = {},
  folder = isAddress(file) ? '.' : dirname(file),
): Promise<InferredPackage> {
  const { place, password } = passwordApart(file);
  const options = { ...source, ...(password !== undefined && { password }) };
  const inferred = infer(await readSource(place, options), hints);
  const descriptor = describeInferred(inferred, place, folder, source, hints.sampling);
  const { data, faults } = draftPackage(join(folder, 'datapackage.json'), descriptor);
  // an address is not below the folder, and the data package has no password
  const draft = {
    faults,
    ...(data && { data: { ...data, csv: place, source: { ...data.source, ...options } } }),
  };
  return { place, inferred, descriptor, draft };
}
