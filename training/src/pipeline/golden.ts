import { type GoldenRow, type Manifest, type Row, readAnswer, type Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { knowledgeStages } from './stages.ts';

const wholeRows = 20;

/** Rows with the answers that a reader has to come to: nothing known, whole rows, and one row at every stage of knowledge. */
export function goldenRows(
  design: Design,
  manifest: Omit<Manifest, 'golden' | 'files'>,
  trees: Trees,
): GoldenRow[] {
  const { inputs } = design.table;
  const every = Math.ceil(inputs.length / wholeRows);
  const [first] = inputs;
  const staged = knowledgeStages(design).map(({ columns }) =>
    Object.fromEntries(columns.map((name) => [name, first[name]])),
  );
  const rows: Row[] = [{}, ...staged, ...inputs.filter((_, i) => i % every === 0)];
  const read = readAnswer(manifest, trees);
  return rows.map((row) => ({ row: row as GoldenRow['row'], ...read(row) }));
}
