import {
  intervalLevel,
  type Model,
  type Reading,
  type Readings,
  type Row,
  targetKind,
} from '@hearth/artifact';
import type { AnsweredRows, Observe } from '../observe.ts';
import type { Serving } from '../serving/index.ts';

/** What is asked besides the rows. A Fastify request is one, so none is made for each request. */
export interface Question {
  readonly id: string;
  /** Whether to add the contributions. */
  readonly explain: boolean;
}

/** The id of an answer: the id of its request and the place of its row in it, from 0. Needs no escape in JSON or CSV. */
export const answerId = (requestId: string, row: number | string): string => `${requestId}:${row}`;

/** Answers by one model, and shows the answers to the observer. Its rows have passed the check. */
export interface Answerer {
  readonly model: Model;
  /** The cells of one row, shared by all requests: fill them and answer without waiting in between. */
  readonly cells: Float64Array;
  /** The JSON members of the answer to the row in `cells`, without `model`; `row` is its place in the request, from 0. */
  members(question: Question, row: number): string;
  /** The answers to rows as `predictCells` takes them, separated by commas; `first` is the place of the first in the request. */
  list(rows: Float64Array, first: number, question: Question): string;
  /** The answer to one row, for other formats than JSON. */
  predict(row: Row, requestId: string): Reading;
  /** The JSON member `model`: which model answered. */
  readonly source: string;
}

/** Returns a function that gives the answerer of the model that serves now. @throws Problem NO_MODEL, from that function */
export function createAnswerers(serving: Pick<Serving, 'model'>, observe?: Observe): () => Answerer {
  const made = new WeakMap<Model, Answerer>();
  return () => {
    const model = serving.model();
    let answerer = made.get(model);
    if (!answerer) {
      answerer = createAnswerer(model, observe);
      made.set(model, answerer);
    }
    return answerer;
  };
}

/** Numbers are finite and no text needs an escape, so joined strings are what `JSON.stringify` gives, in less time. */
export function createAnswerer(model: Model, observe?: Observe): Answerer {
  const { manifest, version } = model;
  const width = manifest.columns.length;
  const beforeAnswer = `","${targetKind(manifest.target).field}":`;
  const beforeLow = `,"interval":{"level":${intervalLevel},"low":`;
  const cells = new Float64Array(width);
  let readings: Readings | undefined;
  const answered: AnsweredRows = { requestId: '', model, cells, readings: { answer: cells } };

  function show(requestId: string, rows: Float64Array, answers: Readings): void {
    if (!observe) return;
    answered.requestId = requestId;
    answered.cells = rows;
    answered.readings = answers;
    observe(answered);
  }

  const reading = (answer: number, low?: number, high?: number): string =>
    low === undefined ? beforeAnswer + answer : `${beforeAnswer}${answer}${beforeLow}${low},"high":${high}}`;
  /** @param place of the row in a list */
  function remarks(rows: Float64Array, at: number, explain: boolean, place?: string): string {
    let warnings = model.cellWarnings(rows, at, '');
    // most rows have no warning, and need no pointer
    if (warnings.length > 0 && place) warnings = model.cellWarnings(rows, at, `/${place}`);
    const json = warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : '';
    if (!explain) return json;
    return `${json},"contributions":${JSON.stringify(model.explain(model.readCells(rows, at)))}`;
  }

  return {
    model,
    cells,
    source: `"model":${JSON.stringify({ name: manifest.name, version })}`,
    members({ id, explain }, row) {
      readings = model.predictCells(cells, readings);
      show(id, cells, readings);
      const { answer, low, high } = readings;
      const json = `"id":"${answerId(id, row)}${reading(answer[0], low?.[0], high?.[0])}`;
      return json + remarks(cells, 0, explain);
    },
    list(rows, first, { id, explain }) {
      const answers = model.predictCells(rows);
      show(id, rows, answers);
      const { answer, low, high } = answers;
      const beforePlace = ['{"id":"', answerId(id, '')].join(''); // a string in one piece: it is copied for each row
      const between = `},${beforePlace}`;
      let json = '';
      for (let i = 0; i < answer.length; i++) {
        const place = String(first + i);
        json += (i > 0 ? between : beforePlace) + place + reading(answer[i], low?.[i], high?.[i]);
        json += remarks(rows, i * width, explain, place);
      }
      return `${json}}`;
    },
    predict(row, requestId) {
      model.writeCells(row, cells, 0);
      readings = model.predictCells(cells, readings);
      show(requestId, cells, readings);
      const { answer, low, high } = readings;
      return low && high
        ? { answer: answer[0], interval: { low: low[0], high: high[0] } }
        : { answer: answer[0] };
    },
  };
}
