import { intervalLevel, type Model, type Readings, targetKind } from '@hearth/artifact';

/** Writes answers of one model as JSON, to rows that have passed the check. */
export interface Answerer {
  readonly model: Model;
  /** Room for the cells of one row, which all requests share: to be filled and answered in one go. */
  readonly cells: Float64Array;
  /** The members of the answer to the row in there, without the model's. */
  members(explain: boolean): string;
  /** The answers to rows as `predictCells` takes them, with commas between; `first` is where in the request the first stands. */
  list(rows: Float64Array, first: number, explain: boolean): string;
  /** The member that says which model answered. */
  readonly source: string;
}

const made = new WeakMap<Model, Answerer>();

/** The answerer of a model, made once. */
export function answererOf(model: Model): Answerer {
  const known = made.get(model);
  if (known) return known;
  const answerer = createAnswerer(model);
  made.set(model, answerer);
  return answerer;
}

/** Numbers are finite, and text comes from the model, so that joining strings gives what `JSON.stringify` would, sooner. */
function createAnswerer(model: Model): Answerer {
  const { manifest, version } = model;
  const width = manifest.columns.length;
  const beforeAnswer = `"${targetKind(manifest.target).field}":`;
  const beforeLow = `,"interval":{"level":${intervalLevel},"low":`;
  const cells = new Float64Array(width);
  let readings: Readings | undefined;

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
    members(explain) {
      readings = model.predictCells(cells, readings);
      const { answer, low, high } = readings;
      return reading(answer[0], low?.[0], high?.[0]) + remarks(cells, 0, '', explain);
    },
    list(rows, first, explain) {
      const { answer, low, high } = model.predictCells(rows);
      let json = '';
      for (let i = 0; i < answer.length; i++) {
        const after = remarks(rows, i * width, `/${first + i}`, explain);
        json += `${i > 0 ? ',{' : '{'}${reading(answer[i], low?.[i], high?.[i])}${after}}`;
      }
      return json;
    },
  };
}
