import { join } from 'node:path';
import { draftPackage, type PackageDraft } from '../data/package.ts';
import { inputError } from '../errors.ts';
import { folderOf, readSource, type SourceTable } from '../sources/index.ts';
import { describeInferred, type ShortDescriptor } from './descriptor.ts';
import { type Hints, type Inferred, infer } from './infer.ts';

/** A table as it is, and what it is taken for. */
export interface InferredPackage {
  source: SourceTable;
  inferred: Inferred;
  descriptor: ShortDescriptor;
  draft: PackageDraft;
}

/**
 * Infers the data package of a table.
 * @param folder where the data package would be
 * @throws InputError naming what is wrong with the file; other faults are in the draft
 */
export async function inferPackage(
  file: string,
  hints: Hints,
  folder = folderOf(file),
): Promise<InferredPackage> {
  if (file === '-')
    throw inputError('BAD_SOURCE', 'standard input', 'can be read only once; save the table to a file');
  const { encoding } = hints;
  const source = await readSource(file, { encoding });
  const inferred = infer(source, hints);
  const descriptor = describeInferred(inferred, file, folder, hints);
  const { data, faults } = draftPackage(join(folder, 'datapackage.json'), descriptor);
  // what the file has not, or cannot teach, is said in its own words
  const own = inferred.faults.length > 0 ? inferred.faults : faults;
  return { source, inferred, descriptor, draft: { data, faults: own } };
}
