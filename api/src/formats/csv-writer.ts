import { printable, type Remark, targetKind, usedColumns } from '@hearth/artifact';
import { type Answerer, answerId, type Question } from '../predict/answerer.ts';
import type { Delimiter } from './csv-records.ts';
import type { AnswerWriter } from './line-answers.ts';

/** Writes an answer, or a problem, as a line of CSV in the dialect of the question. */
export function csvWriter(
  { model, predict }: Answerer,
  { id, explain }: Question,
  delimiter: Delimiter,
): AnswerWriter {
  const { manifest, version } = model;
  const used = explain ? [...usedColumns(manifest.features)] : [];
  const names = [
    targetKind(manifest.target).field,
    ...(manifest.interval ? ['low', 'high'] : []),
    'model',
    'warnings',
    'errors',
    ...(explain ? ['contributions', 'base', ...used] : []),
    'id', // last: the other cells keep their places
  ];
  let place = 0;
  const errorsAt = names.indexOf('errors');

  const needsQuotes = delimiter === ';' ? /[";]/ : /[",]/;
  const number = (value: number): string =>
    delimiter === ';' ? String(value).replace('.', ',') : String(value);
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => (needsQuotes.test(cell) ? quoted(cell) : cell)).join(delimiter)}\n`;

  return {
    head: line(names),
    answer(row) {
      const { answer, interval } = predict(row, id);
      const cells = [number(answer)];
      if (interval) cells.push(number(interval.low), number(interval.high));
      cells.push(version, inOneCell(model.warnings(row, '')), '');
      if (explain) {
        const { scale, base, values } = model.explain(row);
        cells.push(scale, number(base), ...used.map((name) => number(values[name])));
      }
      cells.push(answerId(id, place++));
      return line(cells);
    },
    problem({ details: { errors, detail } }, at) {
      place++;
      const cells = names.map(() => '');
      cells[errorsAt] = `line ${at}: ${errors ? inOneCell(errors) : detail}`;
      return line(cells);
    },
  };
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A line of CSV is one line: texts of the model, such as units, stand in remarks. */
const inOneCell = (remarks: readonly Remark[]): string =>
  remarks
    .map(({ pointer, detail }) =>
      printable(`${pointer.slice(1) || 'the line'} ${detail}`, Number.POSITIVE_INFINITY),
    )
    .join(' | ');
