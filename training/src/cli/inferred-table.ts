import { faultless } from '../data/package.ts';
import type { Inferred, InferredColumn, InferredPackage } from '../infer/index.ts';
import { checkedDraft } from '../pipeline/publishable.ts';
import { textTable } from './text-table.ts';

/** Prints what a file is taken for, unless something is wrong with that. @returns its data package as far as it can be made, and all faults */
export function tellInferred(file: string, { inferred, draft }: InferredPackage, isQuiet = false) {
  const isSound = inferred.faults.length === 0;
  if (isSound && !isQuiet) console.log(inferredTable(file, inferred));
  const checked = isSound ? checkedDraft(draft) : draft;
  const { data = faultless(checked), faults } = checked;
  return { data, faults };
}

/** What the columns of a file are taken for, what is left out, and what is doubtful. */
function inferredTable(file: string, { rows, columns, target }: Inferred): string {
  const used = columns.filter(({ leftOut }) => !leftOut);
  const leftOut = columns.flatMap(({ name, leftOut }) => (leftOut ? [[name, leftOut.why]] : []));
  const doubts = [...columns, target].flatMap(({ name, doubts }) => doubts.map((doubt) => [name, doubt]));
  const lines = [['column', 'taken for', 'missing'], ...used.map(line)];
  return [
    `${file}: ${rows} rows, ${columns.length + 1} columns`,
    `target "${target.name}": ${target.why}${missingText(target)}`,
    '',
    textTable(lines, 'left'),
    ...section('left out:', leftOut),
    ...section('doubtful:', doubts),
    '',
  ].join('\n');
}

const line = (column: InferredColumn): string[] => [column.name, column.why, missingCell(column)];

/** The rows without a value, and the texts that mean it. */
const missingCell = (column: InferredColumn): string =>
  column.missingRows === 0 ? '–' : `${column.missingRows}${writtenAs(column)}`;

const missingText = (column: InferredColumn): string =>
  column.missingRows === 0 ? '' : `; ${column.missingRows} rows without it${writtenAs(column)} are left out`;

const writtenAs = ({ missing, emptyRows }: InferredColumn): string =>
  missing.length === 0
    ? ''
    : ` (${[...(emptyRows > 0 ? ['empty'] : []), ...missing.map((text) => `"${text}"`)].join(', ')})`;

const section = (title: string, rows: readonly string[][]): string[] =>
  rows.length === 0
    ? []
    : [
        '',
        title,
        textTable(
          rows.map(([name, why]) => [`  ${name}`, why]),
          'left',
        ),
      ];
