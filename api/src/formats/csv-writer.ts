import {
  answerColumns,
  mainOutput,
  nameAt,
  outputNames,
  printable,
  type Remark,
  setCell,
  usedColumns,
} from '@hearth/artifact';
import { type Delimiter, tableWriter } from '@hearth/artifact/text-table';
import { type Answerer, answerId, explainMain, type Question } from '../predict/answerer.ts';
import { isPositive } from '../predict/decision.ts';
import type { AnswerWriter } from './line-answers.ts';

/** Writes an answer, or a problem, as a line of CSV in the dialect of the request. */
export function csvWriter(
  { model, predict, decision, prevalence }: Answerer,
  { id, explain }: Question,
  delimiter: Delimiter,
): AnswerWriter {
  const { manifest, version } = model;
  const used = explain ? [...usedColumns(manifest.features)] : [];
  const several = outputNames(manifest.target);
  const names = [
    ...answerColumns(manifest),
    'model',
    'warnings',
    'errors',
    ...(explain ? ['contributions', ...(several ? ['of'] : []), 'base'] : []),
    ...(prevalence ? ['prevalence'] : []),
    ...(decision ? ['decision'] : []),
    'id',
  ];
  // contributions, prevalence and decision before the id, which is last so that the other cells keep their places
  names.splice(
    -1 - Number(Boolean(decision)) - Number(Boolean(prevalence)),
    0,
    ...used.map((name) => (names.includes(name) ? `contribution_${name}` : name)),
  );
  let place = 0;
  const errorsAt = names.indexOf('errors');

  const { header, line, number } = tableWriter(delimiter);
  return {
    head: header(names),
    answer(row) {
      const { answer, outputs = [answer], interval, mean, set } = predict(row, id);
      const cells = outputs.map(number);
      if (several?.field === 'probabilities') cells.unshift(several.names[mainOutput(several, outputs)]);
      if (interval) cells.push(number(interval.low), number(interval.high));
      if (mean) cells.push(number(mean.low), number(mean.high));
      if (set && several) cells.push(setCell(several.names, set));
      cells.push(version, inOneCell(model.warnings(row, '')), '');
      if (explain) {
        const { scale, of, base, values } = explainMain(model, row, outputs, explain);
        cells.push(
          scale,
          ...(of === undefined ? [] : [of]),
          number(base),
          ...used.map((name) => number(values[name])),
        );
      }
      if (prevalence) cells.push(prevalence.cell);
      if (decision) cells.push(String(isPositive(decision, answer)));
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

/** Remarks contain texts of the model, such as units, whose line breaks would end the line. */
export const inOneCell = (remarks: readonly Remark[]): string =>
  remarks
    .map(({ pointer, detail }) =>
      printable(`${nameAt(pointer) || 'the line'} ${detail}`, Number.POSITIVE_INFINITY),
    )
    .join(' | ');
