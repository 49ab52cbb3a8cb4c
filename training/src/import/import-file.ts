import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type GoldenRow, readAnswer, rowCheck } from '@hearth/artifact';
import { type PackedArtifact, packArtifact } from '@hearth/artifact/store';
import { readTable, type Table } from '../data/table.ts';
import { inputError } from '../errors.ts';
import { modelNameOf } from '../infer/index.ts';
import { readPublishable } from '../pipeline/publishable.ts';
import { createRandom } from '../random.ts';
import { readSource, type SourceTable } from '../sources/index.ts';
import { answersIn } from './answers-table.ts';
import { type Assembled, assemble } from './assemble.ts';
import { describeByTable } from './by-table.ts';
import { type Compared, compareAnswers } from './compare-answers.ts';
import { type Described, describeByFile, describeByPackage } from './describe.ts';
import { type Imported, ImportFault } from './imported.ts';
import { probeRows } from './probe-rows.ts';
import { readerOf } from './readers.ts';
import type { Calibration } from './table/calibrate.ts';
import { learnFromTable } from './table/learn.ts';

export interface ImportOptions {
  /** Name of the model; by default that of the data package, or of the file. */
  model?: string;
  /** Path of the data package of the training table. */
  package?: string;
  /** A table of rows, for ranges and covers. */
  table?: string;
  /** A table with answers of the source. */
  check?: string;
  target?: string;
  /** Names of the columns, in the order of the file. */
  columns?: readonly string[];
  classes?: readonly string[];
  missing?: readonly number[];
  iterations?: number;
  /** A table with the target, whose rows the model was not trained on: it gives an interval of the outcome, or prediction sets. */
  evaluate?: SourceTable;
  /** Calibrate on these rows. */
  calibrate?: Calibration;
}

/** A model that is ready to be published, and what a user should know about it. */
export interface ImportedModel {
  artifact: PackedArtifact;
  format: string;
  file: { name: string; bytes: Uint8Array };
  /** How far answers are from those of the source; undefined where there are none. */
  compared?: Compared;
  notes: readonly string[];
  /** Of a calibrated model: answers to the rows of `evaluate`, of which none helped to calibrate its own. */
  predictions?: Float64Array;
}

/** Larger files are refused before they are read. */
const mostBytes = 1 << 30;

/** Reads a model of another tool and makes a version of it. @throws InputError BAD_IMPORT, or of the tables named in the options */
export async function importFile(path: string, options: ImportOptions): Promise<ImportedModel> {
  const bytes = await bytesOf(path);
  const name = basename(path);
  try {
    const reader = readerOf(bytes, name);
    const imported = renamed(reader.read(bytes, { iterations: options.iterations }), options.columns);
    const file = { name, sha256: createHash('sha256').update(bytes).digest('hex') };
    const described = await describe(imported, file, options);
    const answers =
      options.check === undefined
        ? imported.answers
        : answersIn(await readSource(options.check), described.description);
    if (imported.needsAnswers && !answers)
      throw new ImportFault(
        `is ${reader.format}, which is imported only with answers of the tool to compare with: give a table of them with --check`,
      );
    const assembled = assemble(imported, described, described.rows ?? answers?.rows);
    const compared = answers && compareAnswers(assembled, answers, imported);
    const sourced = withSource(assembled, imported, file.sha256, compared);
    const learned = options.evaluate && learnFromTable(sourced, options.evaluate, options.calibrate);
    return {
      artifact: packImported(learned?.assembled ?? sourced),
      format: reader.format,
      file: { name, bytes },
      compared,
      notes: [...(imported.notes ?? []), ...(learned?.notes ?? [])],
      predictions: learned?.predictions,
    };
  } catch (error) {
    if (error instanceof ImportFault) throw inputError('BAD_IMPORT', path, error.message);
    throw error;
  }
}

/** With the names that the user gives to the columns. */
function renamed(imported: Imported, names: readonly string[] | undefined): Imported {
  const { columns } = imported;
  if (!names) return imported;
  if (names.length !== columns.length)
    throw new ImportFault(`has ${columns.length} columns, not ${names.length}, as --columns says`);
  return { ...imported, columns: columns.map((column, i) => ({ ...column, name: names[i] })) };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const found = await stat(path);
  if (found.isDirectory()) throw inputError('IS_FOLDER', path, 'model.json');
  if (found.size > mostBytes)
    throw inputError('BAD_IMPORT', path, `has ${found.size} bytes; at most ${mostBytes} are read`);
  return readFile(path);
}

async function describe(
  imported: Imported,
  file: { name: string; sha256: string },
  { model, package: descriptor, table, target, classes, missing }: ImportOptions,
): Promise<Described> {
  if (descriptor !== undefined) {
    const read: Table = await readTable(await readPublishable(descriptor));
    return describeByPackage(imported, read, { model, missing });
  }
  const names = { model: model ?? modelNameOf(file.name), target, classes, missing };
  return table === undefined
    ? describeByFile(imported, names, file)
    : describeByTable(imported, await readSource(table), names);
}

/** So many made-up rows with their answers. */
const goldenCount = 24;

/** Says in the manifest where the model is from, and how many of the tool's answers were compared. */
function withSource(
  { draft, trees }: Assembled,
  { source, bounds }: Imported,
  sha256: string,
  compared: Compared | undefined,
): Assembled {
  const { tool, version } = source;
  const imported = { tool, version, sha256, rows: compared?.rows ?? 0, bound: bounds.answer };
  return { draft: { ...draft, data: { ...draft.data, imported } }, trees };
}

/** A version with golden rows that no person has. */
export function packImported({ draft, trees }: Assembled): PackedArtifact {
  const forests = [trees.forest, ...(trees.others ?? [])];
  const random = createRandom(1);
  const candidates = probeRows(draft.columns, draft.features, forests, goldenCount, random.uniform);
  const faultsOf = rowCheck(draft.columns, draft.timeZone);
  const read = readAnswer(draft, trees);
  const golden: GoldenRow[] = candidates
    .filter((row) => faultsOf(row, '').length === 0)
    .map((row) => ({ row: row as GoldenRow['row'], ...read(row) }));
  const infinite = golden.find(({ answer, outputs = [answer] }) => !outputs.every(Number.isFinite));
  if (infinite)
    throw new ImportFault(`answers some rows with no finite number: ${JSON.stringify(infinite.row)}`);
  if (golden.length === 0)
    throw new ImportFault('allows no row: its columns have limits that its thresholds do not meet');
  return packArtifact({ ...draft, golden }, trees);
}
