import type { Row } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import type { Answerer } from '../predict/answerer.ts';
import { faultsOf, invalidInput } from '../predict/faults.ts';
import type { LineAnswers } from '../predict/stream.ts';
import { Problem } from '../server/problem.ts';
import { jsonWriter } from './json-writer.ts';
import type { Line } from './lines.ts';
import { lineProblem } from './lines.ts';
import { parseJson } from './parse-json.ts';
import { readOneRow } from './plain-json.ts';

/** Answers lines of NDJSON, each by a line of its own. */
export function ndjsonAnswers(answerer: Answerer, explain: boolean, limits: Limits): LineAnswers {
  const writer = jsonWriter(answerer, explain);

  function answer(line: Line): string {
    if ('fault' in line) throw lineProblem(line.fault, limits);
    if (readOneRow(answerer.model, line.bytes, answerer.cells)) return writer.answerCells();
    const row = parseJson(line.bytes.toString(), limits);
    const faults = faultsOf(answerer.model, row, '');
    if (faults.length > 0) throw invalidInput(faults);
    return writer.answer(row as Row);
  }

  return {
    *lines(lines) {
      for (const line of lines) {
        try {
          yield answer(line);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          yield writer.problem(error, line.number);
        }
      }
    },
    end() {},
  };
}
