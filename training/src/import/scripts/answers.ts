import type { Row } from '@hearth/artifact';
import { ImportFault, type SourceAnswers } from '../imported.ts';
import { type Header, outputsOf } from './header.ts';
import { arrayAt, assertMembers, numbersAt } from './lines.ts';

const typeOfCell = { number: 'number', integer: 'number', boolean: 'boolean', category: 'string' } as const;

/** Reads lines of rows with the answers of the tool. */
export function createAnswersReader(header: Header): {
  add(value: object, line: number): void;
  answers(): SourceAnswers;
} {
  const { columns } = header;
  const count = outputsOf(header);
  const rows: Row[] = [];
  const outputs: number[] = [];
  const scores: number[] = [];
  return {
    add(value, line) {
      assertMembers(value, ['row', 'output', 'score'], line);
      const cells = arrayAt(value, 'row', line, columns.length);
      const entries = columns.map(({ name, type }, i): [string, Row[string]] => {
        const cell = cells[i];
        if (cell !== null && typeof cell !== typeOfCell[type])
          throw new ImportFault(`line ${line} has a cell of column "${name}" that is no ${typeOfCell[type]}`);
        return [name, cell as Row[string]];
      });
      rows.push(Object.fromEntries(entries));
      outputs.push(...numbersAt(value, 'output', line, count));
      if ('score' in value) scores.push(...numbersAt(value, 'score', line, count));
      if (scores.length > 0 && scores.length !== outputs.length)
        throw new ImportFault(`line ${line}: either every row has a "score", or none`);
    },
    answers: () => ({
      rows,
      outputs: Float64Array.from(outputs),
      ...(scores.length > 0 && { scores: Float64Array.from(scores) }),
    }),
  };
}
