import { intervalLevel, type Model, type Row } from '@hearth/artifact';

/** Writes answers of one model as JSON. */
export interface Answerer {
  readonly model: Model;
  /** The members of an answer to a row that has passed the check, without the model's. */
  members(row: Row, pointer: string, explain: boolean): string;
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
  return {
    model,
    source: `"model":${JSON.stringify({ name: manifest.name, version })}`,
    members(row, pointer, explain) {
      const { answer, interval } = model.predict(row);
      let json = beforeAnswer + answer;
      if (interval) json += `${beforeLow}${interval.low},"high":${interval.high}}`;
      const warnings = model.warnings(row, pointer);
      if (warnings.length > 0) json += `,"warnings":${JSON.stringify(warnings)}`;
      if (explain) json += `,"contributions":${JSON.stringify(model.explain(row))}`;
      return json;
    },
  };
}
