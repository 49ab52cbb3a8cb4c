import { answerCells, answerColumns, intervalLevel, usedColumns } from '@hearth/artifact';
import {
  Bool,
  makeData,
  makeVector,
  Table,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import type { Slice } from '../../admission/slice.ts';
import { type Answerer, answerId, explainMain, type Question } from '../../predict/answerer.ts';
import { answeredTogether } from '../../predict/batch.ts';
import { isPositive } from '../../predict/decision.ts';
import { inOneCell } from '../csv-writer.ts';

type Cell = string | number | boolean | null;

/**
 * The answers to rows that have passed the check, [rows × columns], as an Arrow stream with the columns of CSV. Model and version are in the
 * metadata of the schema; there is no column `errors`, because a fault refuses the whole batch.
 */
export async function writeAnswers(
  answerer: Answerer,
  cells: Float64Array,
  question: Question,
  slice: Slice,
): Promise<Buffer> {
  const { manifest, version } = answerer.model;
  const width = manifest.columns.length;
  const names = columnsOf(answerer, question);
  const columns: Cell[][] = names.map(() => []);
  const together = question.explain ? 1 : answeredTogether;
  for (let row = 0; row * width < cells.length; row += together) {
    addAnswers(answerer, cells.subarray(row * width, (row + together) * width), question, row, columns);
    if (slice.isOver()) await slice.rest();
  }
  const table = new Table(Object.fromEntries(names.map((name, i) => [name, vectorOf(columns[i])])));
  const { metadata } = table.schema;
  metadata.set('model', manifest.name).set('version', version);
  if (answerer.prevalence) metadata.set('prevalence', answerer.prevalence.json);
  if (manifest.interval) metadata.set('interval_level', String(intervalLevel));
  return Buffer.from(tableToIPC(table, 'stream'));
}

/** As in CSV: a column's contribution gets a prefix where its name is taken. */
function columnsOf({ model: { manifest }, decision }: Answerer, { explain }: Question): string[] {
  const names = [...answerColumns(manifest), 'warnings'];
  if (explain) names.push('contributions', 'of', 'base');
  const last = [...(decision ? ['decision'] : []), 'id'];
  const used = explain ? [...usedColumns(manifest.features)] : [];
  const taken = new Set([...names, ...last]);
  return [...names, ...used.map((name) => (taken.has(name) ? `contribution_${name}` : name)), ...last];
}

/** Appends the answers to some rows to the columns. @param first the place of the first row in the request */
function addAnswers(
  { model, read, decision }: Answerer,
  cells: Float64Array,
  { id, explain }: Question,
  first: number,
  columns: Cell[][],
): void {
  const { manifest } = model;
  const width = manifest.columns.length;
  const used = explain ? [...usedColumns(manifest.features)] : [];
  const readings = read(cells, id);
  const answerOf = answerCells(manifest);
  for (let i = 0; i < readings.answer.length; i++) {
    const warnings = model.cellWarnings(cells, i * width, '');
    const row: Cell[] = [...answerOf(readings, i), warnings.length > 0 ? inOneCell(warnings) : null];
    if (explain) {
      const known = model.readCells(cells, i * width);
      const { scale, of, base, values } = explainMain(model, known, readings.outputs, explain, i);
      row.push(scale, of ?? null, base, ...used.map((name) => values[name]));
    }
    if (decision) row.push(isPositive(decision, readings.answer[i]));
    row.push(answerId(id, first + i));
    for (let k = 0; k < row.length; k++) columns[k].push(row[k]);
  }
}

function vectorOf(cells: readonly Cell[]): Vector {
  if (typeof cells[0] === 'number') return makeVector(Float64Array.from(cells as number[]));
  if (typeof cells[0] === 'boolean') return vectorFromArray(cells as boolean[], new Bool());
  return textVector(cells as (string | null)[]);
}

/** In one pass: the library's builder takes ten times as long. */
function textVector(texts: readonly (string | null)[]): Vector {
  const valueOffsets = new Int32Array(texts.length + 1);
  const nullBitmap = new Uint8Array(Math.ceil(texts.length / 8));
  let nullCount = 0;
  for (const [i, text] of texts.entries()) {
    valueOffsets[i + 1] = valueOffsets[i] + (text === null ? 0 : Buffer.byteLength(text));
    if (text === null) nullCount++;
    else nullBitmap[i >> 3] |= 1 << (i & 7);
  }
  const data = Buffer.from(texts.join('')); // null is joined as nothing
  const { length } = texts;
  return makeVector(makeData({ type: new Utf8(), length, nullCount, nullBitmap, valueOffsets, data }));
}
