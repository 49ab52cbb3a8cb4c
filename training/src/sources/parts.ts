import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inputError } from '../errors.ts';
import type { Source, SourceRow } from './source.ts';

/**
 * Opens a folder of parts, as Spark writes a table: files with the same columns, in the order of their names. Names that begin with `_` or
 * `.` are not parts.
 */
export async function openParts(
  folder: string,
  openPart: (path: string) => Promise<Source>,
): Promise<Source> {
  const entries = (await readdir(folder, { withFileTypes: true }))
    .filter(({ name }) => !/^[._]/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const inner = entries.find((entry) => entry.isDirectory());
  if (inner)
    throw inputError(
      'BAD_SOURCE',
      folder,
      `has the folder ${inner.name}; a folder of parts has only files (in Spark: without partitionBy)`,
    );
  const paths = entries.map(({ name }) => join(folder, name));
  if (paths.length === 0) throw inputError('BAD_SOURCE', folder, 'is a folder without files; name a file');
  const first = await openPart(paths[0]);
  const fewest = first.columns.length;
  const hash = createHash('sha256');
  const notes: string[] = [];
  let open: Source | undefined = first;

  async function* batches(): AsyncGenerator<SourceRow[], void> {
    let place = 0;
    for (const path of paths) {
      const part = open ?? (await openPart(path));
      open = part;
      for await (const rows of part.batches()) {
        // a part of JSON may get columns while it is read
        assertSame(part, first, fewest);
        yield rows.map((row) => ({ ...row, place: ++place }));
      }
      hash.update(part.sha256());
      notes.push(...part.notes);
      open = undefined;
      await part.close();
    }
  }
  return {
    ...first,
    path: folder,
    unit: 'row',
    batches,
    sha256: () => hash.digest('hex'),
    notes,
    close: async () => open?.close(),
  };
}

/** @param fewest columns that the first part had when it was opened; it may have got more since */
function assertSame({ path, columns }: Source, first: Source, fewest: number): void {
  const wrong = columns.findIndex(({ name }, i) => name !== first.columns[i]?.name);
  if (wrong < 0 && columns.length >= fewest) return;
  const expected = first.columns[wrong]?.name;
  const why =
    expected === undefined
      ? `has ${columns.length} columns, the first part ${first.columns.length}`
      : `has the column "${columns[wrong].name}" where the first part has "${expected}"`;
  throw inputError('BAD_SOURCE', path, why);
}
