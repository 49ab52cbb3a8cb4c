import { type GoldenRow, type Manifest, type Row, readAnswer, type Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { createRandom } from '../random.ts';
import { knowledgeStages } from './stages.ts';

const wholeRows = 20;

/**
 * Rows with the answers that a reader must reproduce: a row with only the required columns, one row at every stage, and whole rows. They
 * are made up: each column is of a training row of its own, so that a version has no row of a person.
 */
export function goldenRows(
  design: Design,
  manifest: Omit<Manifest, 'golden' | 'files'>,
  trees: Trees,
): GoldenRow[] {
  const { inputs } = design.table;
  const random = createRandom(manifest.engine.seed);
  const names = manifest.columns.map(({ name }) => name);
  const madeUp = (): Row =>
    Object.fromEntries(names.map((name) => [name, inputs[random.below(inputs.length)][name]]));
  const required = manifest.columns.filter((column) => column.required).map(({ name }) => name);
  const first = madeUp();
  const known = (some: readonly string[]) =>
    Object.fromEntries([...new Set([...required, ...some])].map((name) => [name, first[name]]));
  const staged = knowledgeStages(design).map(({ columns }) => known(columns));
  const rows: Row[] = [known([]), ...staged, ...Array.from({ length: wholeRows }, madeUp)];
  const read = readAnswer(manifest, trees);
  return rows.map((row) => ({ row: row as GoldenRow['row'], ...read(row) }));
}
