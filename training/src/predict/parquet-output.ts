import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { inputError } from '../errors.ts';
import type { SourceCell, SourceColumn } from '../sources/index.ts';
import { type AnsweredBatch, type Batch, copied } from './batches.ts';
import type { Plan } from './plan.ts';

/** A row group has at least so many rows, except the last. */
const groupRows = 50_000;

interface OutputColumn {
  name: string;
  type: BasicType;
  /** What its cells are in the message about one that is another. */
  of: 'boolean' | 'number' | 'bigint' | 'string';
}

/**
 * Writes a table with its predictions as Parquet. Numbers, whole numbers and booleans keep their types, everything else is text.
 * @throws InputError for a column whose cells are of several types
 */
export async function* parquetOutput(
  path: string,
  columns: readonly SourceColumn[],
  plan: Plan,
  batches: AsyncIterable<{ batch: Batch; answered: AnsweredBatch }>,
): AsyncGenerator<Uint8Array, void> {
  const bytes = new ByteWriter();
  let writer: ParquetWriter | undefined;
  let outputs: OutputColumn[] = [];
  const names = [...plan.copied, ...plan.added];
  let waiting: SourceCell[][] = names.map(() => []);
  const take = () => {
    const chunk = bytes.getBytes().slice();
    bytes.index = 0;
    return chunk;
  };
  const write = () => {
    if (!writer) outputs = names.map((name, i) => outputColumn(name, columns[i]?.declared, waiting[i]));
    const columnData = outputs.map((column, i) => ({
      name: column.name,
      type: column.type,
      data: waiting[i].map((cell) => stored(path, column, cell)),
    }));
    writer ??= new ParquetWriter({
      writer: bytes,
      schema: schemaFromColumnData({ columnData }),
      createdBy: 'hearth',
    });
    writer.write({ columnData, rowGroupSize: columnData[0].data.length });
    waiting = names.map(() => []);
  };
  for await (const { batch, answered } of batches) {
    const rows = batch.rows.map(({ cells }) => copied(plan, cells));
    const cells = [
      ...plan.copied.map((_, j) => rows.map((row) => row[j])),
      ...(answered.content as SourceCell[][]),
    ];
    for (const [i, column] of cells.entries()) for (const cell of column) waiting[i].push(cell);
    if (waiting[0].length < groupRows) continue;
    write();
    yield take();
  }
  // a table without rows has its columns
  if (waiting[0].length > 0 || !writer) write();
  writer?.finish();
  yield take();
}

/** By the declared type; where there is none, as in JSON, by the cells of the first row group. */
function outputColumn(
  name: string,
  declared: SourceColumn['declared'],
  cells: readonly SourceCell[],
): OutputColumn {
  const given = cells.filter((cell) => cell !== null);
  const all = (type: string) => given.length > 0 && given.every((cell) => typeof cell === type);
  if (declared === 'boolean' || (!declared && all('boolean')))
    return { name, type: 'BOOLEAN', of: 'boolean' };
  if (declared === 'integer') return { name, type: 'INT64', of: 'bigint' };
  if (declared === 'number' || (!declared && all('number'))) return { name, type: 'DOUBLE', of: 'number' };
  return { name, type: 'STRING', of: 'string' };
}

function stored(path: string, { name, of }: OutputColumn, cell: SourceCell): SourceCell {
  if (cell === null || typeof cell === of) return cell;
  if (of === 'string') return String(cell);
  if (of === 'bigint' && Number.isSafeInteger(cell)) return BigInt(cell);
  const why = `the column "${name}" has a ${typeof cell} among values of another type, which Parquet cannot hold; write CSV or JSON lines`;
  throw inputError('BAD_SOURCE', path, why);
}
