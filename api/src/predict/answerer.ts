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

/** What is asked for besides the rows. A request of Fastify is one, so that none has to be made. */
export interface Question {
  readonly id: string;
  /** Whether to add what moved the answer. */
  readonly explain: boolean;
}

/** Answers by one model, shown to the observer. Rows have passed the check. */
export interface Answerer {
  readonly model: Model;
  /** Room for the cells of one row, which all requests share: to be filled and answered in one go. */
  readonly cells: Float64Array;
  /** The members of the answer to the row in there, without the model's. */
  members(question: Question): string;
  /** The answers to rows as `predictCells` takes them, with commas between; `first` is where in the request the first stands. */
  list(rows: Float64Array, first: number, question: Question): string;
  /** The answer to one row, for who writes it otherwise. */
  predict(row: Row, requestId: string): Reading;
  /** The member that says which model answered. */
  readonly source: string;
}

/** Makes what gives the answerer of the model that serves. @throws Problem NO_MODEL */
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

/** Numbers are finite, and text comes from the model, so that joining strings gives what `JSON.stringify` would, sooner. */
export function createAnswerer(model: Model, observe?: Observe): Answerer {
  const { manifest, version } = model;
  const width = manifest.columns.length;
  const beforeAnswer = `"${targetKind(manifest.target).field}":`;
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
  function remarks(rows: Float64Array, at: number, pointer: string, explain: boolean): string {
    const warnings = model.cellWarnings(rows, at, pointer);
    const json = warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : '';
    if (!explain) return json;
    return `${json},"contributions":${JSON.stringify(model.explain(model.readCells(rows, at)))}`;
  }

  return {
    model,
    cells,
    source: `"model":${JSON.stringify({ name: manifest.name, version })}`,
    members({ id, explain }) {
      readings = model.predictCells(cells, readings);
      show(id, cells, readings);
      const { answer, low, high } = readings;
      return reading(answer[0], low?.[0], high?.[0]) + remarks(cells, 0, '', explain);
    },
    list(rows, first, { id, explain }) {
      const answers = model.predictCells(rows);
      show(id, rows, answers);
      const { answer, low, high } = answers;
      let json = '';
      for (let i = 0; i < answer.length; i++) {
        const after = remarks(rows, i * width, `/${first + i}`, explain);
        json += `${i > 0 ? ',{' : '{'}${reading(answer[i], low?.[i], high?.[i])}${after}}`;
      }
      return json;
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
