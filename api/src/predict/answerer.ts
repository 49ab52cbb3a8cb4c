import { intervalLevel, type Model, type Row } from '@hearth/artifact';

/** Writes answers of one model as JSON. */
export interface Answerer {
  readonly model: Model;
  /** The members of an answer to a row that has passed the check, without the model's. */
  members(row: Row, pointer: string, explain: boolean): string;
  /** The answers to rows that have passed the check, with commas between; `first` is where in the request the first stands. */
  list(rows: readonly Row[], first: number, explain: boolean): string;
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
  const answerName = manifest.target.type === 'binary' ? 'probability' : 'value';
  const beforeAnswer = `"${answerName}":`;
  const beforeLow = `,"interval":{"level":${intervalLevel},"low":`;

  const reading = (answer: number, low?: number, high?: number): string =>
    low === undefined ? beforeAnswer + answer : `${beforeAnswer}${answer}${beforeLow}${low},"high":${high}}`;
  function remarks(row: Row, pointer: string, explain: boolean): string {
    const warnings = model.warnings(row, pointer);
    const json = warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : '';
    return explain ? `${json},"contributions":${JSON.stringify(model.explain(row))}` : json;
  }

  return {
    model,
    source: `"model":${JSON.stringify({ name: manifest.name, version })}`,
    members(row, pointer, explain) {
      const { answer, interval } = model.predict(row);
      return reading(answer, interval?.low, interval?.high) + remarks(row, pointer, explain);
    },
    list(rows, first, explain) {
      const { answer, low, high } = model.predictBatch(rows);
      let json = '';
      for (let i = 0; i < rows.length; i++) {
        const after = remarks(rows[i], `/${first + i}`, explain);
        json += `${i > 0 ? ',{' : '{'}${reading(answer[i], low?.[i], high?.[i])}${after}}`;
      }
      return json;
    },
  };
}
