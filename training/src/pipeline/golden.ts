import { type GoldenRow, type Manifest, type Row, readAnswer, type Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { knowledgeStages } from './stages.ts';

const wholeRows = 20;

/** Rows with the answers that a reader must reproduce: a row with only the required columns, one row at every stage, and whole rows. */
export function goldenRows(
  design: Design,
  manifest: Omit<Manifest, 'golden' | 'files'>,
  trees: Trees,
): GoldenRow[] {
  const { inputs } = design.table;
  const every = Math.ceil(inputs.length / wholeRows);
  const [first] = inputs;
  const required = manifest.columns.filter((column) => column.required).map(({ name }) => name);
  const known = (names: readonly string[]) =>
    Object.fromEntries([...new Set([...required, ...names])].map((name) => [name, first[name]]));
  const staged = knowledgeStages(design).map(({ columns }) => known(columns));
  const rows: Row[] = [known([]), ...staged, ...inputs.filter((_, i) => i % every === 0)];
  const read = readAnswer(manifest, trees);
  return rows.map((row) => ({ row: row as GoldenRow['row'], ...read(row) }));
}
