import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  decodeAnswer,
  type Forest,
  limitsOf,
  type Manifest,
  outputsOf,
  type Row,
  readAnswer,
  type Trees,
} from '@hearth/artifact';
import { openRegistry, readArtifact } from '@hearth/artifact/store';
import { handMade, recorded } from '@hearth/artifact/testing/hand-made';
import { GraphProtoSchema, ModelProtoSchema } from 'onnx-buf';
import { encodeOnnx } from '../../src/export/onnx/index.ts';
import { nextFloat64 } from '../../src/import/folded.ts';
import { fixturesIn, importFixture } from '../import/compare.ts';
import { exportedIn } from '../import-scripts/fixtures.ts';

/** A model that can be exported, and rows for it. */
export interface Exportable {
  about: string;
  formula: Pick<Manifest, 'columns' | 'features' | 'answer' | 'target' | 'timeZone'>;
  trees: Trees;
  rows: readonly Row[];
}

const treesOf = (
  { target, features }: Pick<Manifest, 'target' | 'features'>,
  files: Readonly<Record<string, Uint8Array>>,
): Trees => decodeAnswer(files['forest.safetensors'], outputsOf(target), features.length);

/** A hand-made model. */
export function handMadeModel(about: string): Exportable & { formula: Manifest } {
  const { files, rows } = handMade(about);
  const formula: Manifest = JSON.parse(Buffer.from(files['model.json']).toString());
  return { about, formula, trees: treesOf(formula, files), rows };
}

/** Hand-made models of everything that the format has and ONNX can say. */
export const handMadeModels = (): Exportable[] =>
  recorded
    .filter(({ about }) => !about.startsWith('dates and times'))
    .map(({ about }) => handMadeModel(about));

/** Models that other tools wrote, as the tests of the import have them. */
export const importedModels = (): Exportable[] =>
  [
    ...fixturesIn(join(import.meta.dirname, '../import/recorded')),
    ...exportedIn(join(import.meta.dirname, '../import-scripts/recorded')),
  ].map((fixture) => {
    const { draft, trees } = importFixture(fixture).assembled;
    return { about: fixture.about, formula: draft, trees, rows: fixture.rows };
  });

/** The versions of a model of this repository, with their golden rows. */
export async function versionsOf(folder: string): Promise<Exportable[]> {
  const versions = await openRegistry(folder).list();
  return Promise.all(
    versions.map(async ({ version }) => {
      const { manifest, files } = await readArtifact(join(folder, version));
      const rows = manifest.golden.map(({ row }) => row);
      return { about: version, formula: manifest, trees: treesOf(manifest, files), rows };
    }),
  );
}

/** Rows with a number on a threshold, or one step of float64 beside it; the other cells are those of the model's rows. */
export function rowsOnThresholds({ formula, trees, rows }: Exportable): Row[] {
  const { columns, features } = formula;
  const forests: Forest[] = [trees.forest, ...(trees.others ?? [])];
  const cells = features.flatMap((feature, j) => {
    const column = columns.find(({ name }) => name === feature.column);
    if (column?.type !== 'number' || feature.log) return [];
    const at = forests.flatMap(({ feature: on, threshold }) => [
      ...threshold.filter((_, node) => on[node] === j),
    ]);
    const { minimum, maximum } = limitsOf(column);
    return [...new Set(at)]
      .map((threshold) => threshold + (feature.above ?? 0))
      .flatMap((value) => [-nextFloat64(-value), value, nextFloat64(value)])
      .filter((value) => value >= minimum && value <= maximum)
      .map((value): [string, number] => [column.name, value]);
  });
  return cells.map(([name, value], i) => ({ ...rows[i % rows.length], [name]: value }));
}

/** What Hearth answers: [rows × outputs]. */
export function answersOf({ formula, trees }: Exportable, rows: readonly Row[]): number[] {
  const read = readAnswer({ ...formula, interval: undefined }, trees);
  return rows.flatMap((row) => {
    const { answer, outputs = [answer] } = read(row);
    return [...outputs];
  });
}

export const encoded = ({ formula, trees }: Exportable, real: 'DOUBLE' | 'FLOAT'): Uint8Array =>
  encodeOnnx({ name: 'm', ...formula }, trees, '1', real);

/** A row as an ONNX file takes it: NaN or '' where a value is missing. */
export const inputsOf = ({ columns }: Pick<Manifest, 'columns'>, row: Row): Record<string, number | string> =>
  Object.fromEntries(
    columns.map(({ name, type }) => {
      const value = row[name];
      return [name, type === 'category' ? String(value ?? '') : Number(value ?? Number.NaN)];
    }),
  );

/** The largest difference of answers, as a share of numbers above 1. */
export const furthest = (ours: readonly number[], theirs: readonly number[]): number =>
  ours.reduce((most, each, i) => Math.max(most, Math.abs(each - theirs[i]) / Math.max(1, Math.abs(each))), 0);

/** The SHA-256 of what an ONNX file computes, whatever version of Hearth wrote it. */
export function graphHash(bytes: Uint8Array): string {
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  if (!graph) throw new Error('the file has no graph');
  return createHash('sha256').update(toBinary(GraphProtoSchema, graph)).digest('hex');
}
