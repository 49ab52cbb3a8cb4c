import { inputError } from '../../errors.ts';
import type { ByteSource } from '../bytes.ts';
import { decoded } from '../encoding.ts';
import type { Source, SourceOptions, SourceRow } from '../source.ts';
import { elementsOf } from './elements.ts';
import { isObject, type JsonObject, objectReader, parseJson, toCell } from './objects.ts';

const shape =
  'a JSON table is an array of objects (in pandas: orient="records"), or an object with the arrays "columns" and "data"';

/** Opens an array of objects, read in batches, or `{"columns": …, "data": …}`, as pandas writes it. */
export async function openJson(bytes: ByteSource, options: SourceOptions): Promise<Source> {
  const { path } = bytes;
  const notes: string[] = [];
  const texts = decoded(bytes.chunks(), path, options.encoding, (note) => notes.push(note));
  const isArray = bytes.head
    .toString('latin1')
    .replace(/^[^[{]*/, '')
    .startsWith('[');
  const columns: Source['columns'] = [];
  const batches = isArray ? ofArray(texts, path, columns) : ofTable(await wholeText(texts), path, columns);
  // the columns are those of the first rows
  const first = await batches.next();
  if (first.done) throw inputError('BAD_SOURCE', path, 'has no rows');
  return {
    path,
    unit: 'row',
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

async function* ofArray(
  texts: AsyncIterable<string>,
  path: string,
  columns: Source['columns'],
): AsyncGenerator<SourceRow[], void> {
  const toCells = objectReader(columns);
  let place = 0;
  try {
    for await (const elements of elementsOf(texts)) {
      yield elements.map((text): SourceRow => {
        place++;
        return { place, cells: toCells(objectOf(text, path, 'row', place)) };
      });
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw inputError('BAD_ROW', path, 'row', place + 1, error.message);
    throw error;
  }
}

/** @throws InputError BAD_ROW */
export function objectOf(text: string, path: string, unit: Source['unit'], place: number): JsonObject {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw inputError('BAD_ROW', path, unit, place, `is not JSON: ${whyNotJson(text, error as Error)}`);
  }
  if (isObject(value)) return value;
  throw inputError('BAD_ROW', path, unit, place, `is not an object; ${shape}`);
}

/** Python's json writes NaN and Infinity, which JSON does not have. */
const whyNotJson = (text: string, error: Error): string =>
  /[:[,]\s*-?(NaN|Infinity)\b/.test(text)
    ? 'it has NaN or Infinity; write null (in pandas: to_json)'
    : error.message;

async function* ofTable(
  text: string,
  path: string,
  columns: Source['columns'],
): AsyncGenerator<SourceRow[], void> {
  let table: unknown;
  try {
    table = parseJson(text);
  } catch (error) {
    throw inputError('NOT_JSON', path, whyNotJson(text, error as Error));
  }
  if (!isObject(table) || !Array.isArray(table.data)) throw inputError('BAD_SOURCE', path, shape);
  const names = Array.isArray(table.columns) ? table.columns.map(String) : undefined;
  if (names) columns.push(...names.map((name) => ({ name })));
  const toCells = objectReader(columns);
  yield table.data.map((row: unknown, i): SourceRow => {
    if (!names && isObject(row)) return { place: i + 1, cells: toCells(row) };
    if (names && Array.isArray(row) && row.length === names.length)
      return { place: i + 1, cells: row.map(toCell) };
    const why = names ? `is not an array of ${names.length} values` : 'is not an object';
    throw inputError('BAD_ROW', path, 'row', i + 1, why);
  });
}

async function wholeText(texts: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const text of texts) whole += text;
  return whole;
}
