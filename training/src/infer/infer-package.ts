import { dirname, join } from 'node:path';
import { draftPackage, type PackageDraft } from '../data/package.ts';
import { readSource } from '../sources/index.ts';
import { describeInferred, type ShortDescriptor } from './descriptor.ts';
import { type Hints, type Inferred, infer } from './infer.ts';

/** A table as it is, and what it is taken for. */
export interface InferredPackage {
  inferred: Inferred;
  descriptor: ShortDescriptor;
  draft: PackageDraft;
}

/**
 * Infers the data package of a table.
 * @param folder where the data package would be
 * @throws InputError naming what is wrong with file, target or hints
 */
export async function inferPackage(
  file: string,
  hints: Hints,
  folder = dirname(file),
): Promise<InferredPackage> {
  const { encoding } = hints;
  const inferred = infer(await readSource(file, { encoding }), hints);
  const descriptor = describeInferred(inferred, file, folder, encoding, hints.sampling);
  return { inferred, descriptor, draft: draftPackage(join(folder, 'datapackage.json'), descriptor) };
}
