import { InputError, inputError } from '../../errors.ts';
import type { ByteSource } from '../bytes.ts';
import { linesOf } from '../csv/lines.ts';
import { decoded } from '../encoding.ts';
import type { Source, SourceOptions, SourceRow } from '../source.ts';
import { objectOf } from './json.ts';
import { objectReader } from './objects.ts';

/** Opens JSON lines: an object in each line; blank lines are left out. */
export async function openJsonLines(bytes: ByteSource, options: SourceOptions): Promise<Source> {
  const { path } = bytes;
  const notes: string[] = [];
  const columns: Source['columns'] = [];
  const toCells = objectReader(columns);
  const texts = decoded(bytes.chunks(), path, options.encoding, (note) => notes.push(note));

  function toRow(text: string, place: number): SourceRow {
    try {
      return { place, cells: toCells(objectOf(text, path, 'line', place)) };
    } catch (error) {
      if (!options.keepsBadRows || !(error instanceof InputError)) throw error;
      return {
        place,
        cells: columns.map(() => null),
        fault: error.message.slice(`${path}, line ${place}: `.length),
      };
    }
  }
  async function* read(): AsyncGenerator<SourceRow[], void> {
    let line = 0;
    for await (const lines of linesOf(texts)) {
      const first = line + 1;
      line += lines.length;
      const rows = lines.flatMap((text, i) => (text.trim() === '' ? [] : [toRow(text, first + i)]));
      if (rows.length > 0) yield rows;
    }
  }
  const batches = read();
  const first = await batches.next();
  if (first.done) throw inputError('BAD_SOURCE', path, 'has no rows');
  return {
    path,
    unit: 'line',
    columns,
    decimal: '.',
    async *batches() {
      yield first.value;
      yield* batches;
    },
    sha256: bytes.sha256,
    notes,
    close: async () => bytes.close(),
  };
}
