import {
  type Contributions,
  firstReading,
  type Model,
  mainOutput,
  outputNames,
  type Reading,
  type Readings,
  type Row,
  targetKind,
} from '@hearth/artifact';
import type { Decision } from '@hearth/artifact/decision';
import type { FastifyRequest } from 'fastify';
import type { AnsweredRows, Observe } from '../observe.ts';
import type { Serving } from '../serving/index.ts';
import { intervalWriter, severalWriter } from './answer-members.ts';
import { decisionOf, decisionWriter } from './decision.ts';
import { type Prevalence, prevalenceOf } from './prevalence.ts';

/** What is asked besides the rows. A Fastify request is one, so none is made for each request. */
export interface Question {
  readonly id: string;
  /** Whether to add the contributions; or the class whose contributions are added. */
  readonly explain: boolean | string;
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
  /** The readings of rows as `predictCells` takes them. */
  read(rows: Float64Array, requestId: string): Readings;
  /** The answer to one row, for other formats than JSON. */
  predict(row: Row, requestId: string): Reading;
  /** The JSON member `model`: which model answered. */
  readonly source: string;
  /** What each answer decides, if that was asked for. */
  readonly decision?: Decision;
  /** Among whom the answers hold, if that was asked for. */
  readonly prevalence?: Prevalence;
}

/**
 * The answerer for one whole request; one that also decides, or answers at another prevalence, if asked for.
 * @throws Problem NO_MODEL, BAD_REQUEST
 */
export type Answerers = (decides?: boolean, prevalence?: unknown) => Answerer;

/** What answers by the model that a request is for. */
export type AnswerersOf = (request: FastifyRequest) => Answerers;

/**
 * Returns a function that gives the answerer of the model that serves now.
 * @throws Problem NO_MODEL, or BAD_REQUEST for a decision of a model without a threshold or a prevalence it cannot have, from that function
 */
export function createAnswerers(serving: Pick<Serving, 'model'>, observe?: Observe): Answerers {
  const made = new WeakMap<Model, Answerer>();
  const deciding = new WeakMap<Model, Answerer>();
  return (decides = false, prevalence = undefined) => {
    const model = serving.model();
    if (prevalence !== undefined)
      return createAnswerer(
        model,
        observe,
        decides ? decisionOf(model) : undefined,
        prevalenceOf(prevalence, model),
      );
    const kept = decides ? deciding : made;
    let answerer = kept.get(model);
    if (!answerer) {
      answerer = createAnswerer(model, observe, decides ? decisionOf(model) : undefined);
      kept.set(model, answerer);
    }
    return answerer;
  };
}

/** Numbers are finite and no text needs an escape, so joined strings are what `JSON.stringify` gives, in less time. */
export function createAnswerer(
  served: Model,
  observe?: Observe,
  decision?: Decision,
  prevalence?: Prevalence,
): Answerer {
  const model = prevalence?.model ?? served;
  const { manifest, version } = model;
  const width = manifest.columns.length;
  const several = outputNames(manifest.target);
  const beforeAnswer = `","${targetKind(manifest.target).field}":`;
  const cells = new Float64Array(width);
  let readings: Readings | undefined;
  const answered: AnsweredRows = { requestId: '', model: served, cells, readings: { answer: cells } };

  function observed(requestId: string, rows: Float64Array, answers: Readings): void {
    if (!observe) return;
    answered.requestId = requestId;
    answered.cells = rows;
    answered.readings = answers;
    observe(answered);
  }

  // observers see what the model answers, so that drift is not that of the prevalences that are asked for
  const show = prevalence
    ? (requestId: string, rows: Float64Array, answers: Readings): void => {
        observed(requestId, rows, answers);
        prevalence.move(answers);
      }
    : observed;

  const writeInterval = intervalWriter(manifest);
  const writeOne = (answers: Readings, i: number): string =>
    beforeAnswer + answers.answer[i] + writeInterval(answers, i);
  const writeAnswer = several ? severalWriter(several, manifest) : writeOne;
  const write = decision ? decisionWriter(writeAnswer, decision) : writeAnswer;
  /** @param place of the row in a list */
  function remarks(
    answers: Readings,
    rows: Float64Array,
    i: number,
    explain: boolean | string,
    place?: string,
  ): string {
    const at = i * width;
    let warnings = model.cellWarnings(rows, at, '');
    // most rows have no warning, and need no pointer
    if (warnings.length > 0 && place) warnings = model.cellWarnings(rows, at, `/${place}`);
    const json = warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : '';
    if (!explain) return json;
    return `${json},"contributions":${JSON.stringify(explainMain(model, model.readCells(rows, at), answers.outputs, explain, i))}`;
  }

  return {
    model,
    cells,
    decision,
    prevalence,
    source: `"model":${JSON.stringify({ name: manifest.name, version })}${prevalence ? `,"prevalence":${prevalence.json}` : ''}`,
    members({ id, explain }, row) {
      readings = model.predictCells(cells, readings);
      show(id, cells, readings);
      const json = `"id":"${answerId(id, row)}${write(readings, 0)}`;
      return json + remarks(readings, cells, 0, explain);
    },
    list(rows, first, { id, explain }) {
      const answers = model.predictCells(rows);
      show(id, rows, answers);
      const { answer } = answers;
      const beforePlace = ['{"id":"', answerId(id, '')].join(''); // a string in one piece: it is copied for each row
      const between = `},${beforePlace}`;
      let json = '';
      for (let i = 0; i < answer.length; i++) {
        const place = String(first + i);
        json += (i > 0 ? between : beforePlace) + place + write(answers, i);
        json += remarks(answers, rows, i, explain, place);
      }
      return `${json}}`;
    },
    read(rows, requestId) {
      const answers = model.predictCells(rows);
      show(requestId, rows, answers);
      return answers;
    },
    predict(row, requestId) {
      model.writeCells(row, cells, 0);
      readings = model.predictCells(cells, readings);
      show(requestId, cells, readings);
      return firstReading(readings);
    },
  };
}

/** The contributions to the only output or, of several, to the one that is asked for or else matters most, with its name. */
export function explainMain(
  model: Model,
  row: Row,
  outputs: ArrayLike<number> | undefined,
  asked: boolean | string,
  i = 0,
): Contributions {
  const several = outputNames(model.manifest.target);
  if (!several || !outputs) return model.explain(row);
  const { names } = several;
  const k = typeof asked === 'string' ? names.indexOf(asked) : mainOutput(several, outputs, i * names.length);
  return { of: names[k], ...model.explain(row, k) };
}
