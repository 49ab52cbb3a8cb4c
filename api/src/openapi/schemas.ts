import {
  english,
  type Manifest,
  markdownText,
  outcomeOf,
  outputNames,
  scales,
  targetKind,
} from '@hearth/artifact';
import { rowSchema, type Schema } from './columns.ts';
import { prevalenceMember } from './prevalence.ts';

export const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const time: Schema = { type: 'string', format: 'date-time' };
export const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

export const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});

/** All schemas of requests and responses, by name. */
export function schemas(manifest: Manifest): Record<string, Schema> {
  const { data, target, interval, predictionSet } = manifest;
  const { field, minimum, maximum } = targetKind(target);
  const several = outputNames(target);
  const prevalence = prevalenceMember(manifest);
  const name = several?.field ?? field;
  const output: Schema = {
    ...number,
    ...(Number.isFinite(minimum) && { minimum }),
    ...(Number.isFinite(maximum) && { maximum }),
    description: `The ${name} of ${markdownText(english(outcomeOf(manifest)))}.`,
    ...('unit' in target && target.unit && { 'x-unit': english(target.unit) }),
  };
  const answer = several ? object(Object.fromEntries(several.names.map((each) => [each, output]))) : output;
  const hasClasses = several?.field === 'probabilities';
  const members: Record<string, Schema> = {
    id: {
      ...text,
      description:
        'Id of this answer: the id of the request, as in the header x-request-id, and the place of the row in it, from 0.',
      examples: ['6f1c0d2e9ab34c5d8e7f0a1b:0'],
    },
    ...(hasClasses && { class: { enum: several.names, description: 'The most probable class.' } }),
    [name]: answer,
    ...(interval && { interval: refTo('Interval') }),
    ...(interval?.outcome && { mean: refTo('Mean') }),
    ...(predictionSet && { set: refTo('PredictionSet') }),
    warnings: {
      type: 'array',
      items: refTo('Remark'),
      description: 'What to know about this answer, such as a value outside the seen range.',
    },
    contributions: refTo('Contributions'),
    ...(data.decision && { decision: refTo('Decision') }),
  };
  const always = [
    'id',
    ...(hasClasses ? ['class'] : []),
    name,
    ...(interval ? ['interval'] : []),
    ...(interval?.outcome ? ['mean'] : []),
    ...(predictionSet && !prevalence.prevalence ? ['set'] : []), // there is none at another prevalence
  ];
  const ofAll = { model: refTo('ModelName'), ...prevalence };
  return {
    Row: rowSchema(manifest),
    Prediction: object({ ...members, ...ofAll }, [...always, 'model']),
    Predictions: object(
      {
        predictions: {
          type: 'array',
          items: object(members, always),
          description: 'One for each row, in the same order.',
        },
        ...ofAll,
      },
      ['predictions', 'model'],
    ),
    ...intervalSchemas(interval),
    ...(predictionSet &&
      several && {
        PredictionSet: {
          ...object({
            level: number,
            classes: { type: 'array', items: { enum: several.names }, minItems: 1, uniqueItems: true },
          }),
          description:
            'The classes that hold the observed class, with probability level, of such rows with as many known columns.',
        },
      }),
    Contributions: {
      ...object({
        scale: { enum: scales },
        ...(several && { of: { enum: several.names, description: 'The output that is explained.' } }),
        base: number,
        values: { type: 'object', additionalProperties: number },
      }),
      description: 'Contribution of each column: base plus all values is the answer on the scale.',
    },
    ...(data.decision && {
      Decision: {
        ...object(
          {
            threshold: { const: data.decision.threshold },
            positive: { type: 'boolean' },
            ...(data.decision.label && { label: { const: english(data.decision.label) } }),
          },
          ['threshold', 'positive'],
        ),
        description:
          'Positive where the probability is at least the threshold; label says what is then done.',
      },
    }),
    ModelName: object({ name: text, version: text }),
    Remark: {
      ...object({ pointer: { ...text, description: 'JSON pointer into the request.' }, detail: text }),
      description: 'A fault or a warning about one part of the input. It never repeats the value.',
    },
    Evaluations: object({
      version: text,
      evaluations: {
        type: 'array',
        items: { type: 'object' },
        description: 'Oldest first, as docs/FORMAT.md specifies them.',
      },
      unusable: { type: 'integer', minimum: 0, description: 'Files that were changed or cannot be read.' },
    }),
    Problem: problem,
    Health: object(
      {
        status: { enum: ['ok', 'degraded'] },
        model: refTo('ModelName'),
        since: time,
        previous: text,
        refusal: object(
          {
            part: { enum: ['version', 'aliases', 'journal', 'default', 'models'] },
            version: text,
            check: text,
            reason: text,
            time,
          },
          ['part', 'reason', 'time'],
        ),
      },
      ['status', 'model'],
    ),
  };
}

function intervalSchemas(interval: Manifest['interval']): Record<string, Schema> {
  if (!interval) return {};
  const ends = { level: number, low: number, high: number };
  const mean: Schema = {
    ...object(ends),
    description: 'Contains, with probability level, the answer to this row if all columns were known.',
  };
  if (!interval.outcome)
    return {
      Interval: interval.probability
        ? { ...mean, ...object({ ...ends, of: { const: 'probability' } }) }
        : mean,
    };
  return {
    Interval: {
      ...object({ ...ends, of: { const: 'outcome' } }),
      description:
        'Contains, with probability level, the observed outcome of such a row with as many known columns.',
    },
    Mean: mean,
  };
}

const problem: Schema = {
  ...object(
    {
      type: { ...text, format: 'uri-reference', description: 'Page of this kind of problem.' },
      title: text,
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: text,
      errors: { type: 'array', items: refTo('Remark') },
      line: { type: 'integer', minimum: 1, description: 'In a stream: number of the line.' },
    },
    ['type', 'title', 'status', 'detail'],
  ),
  description: 'Problem details (RFC 9457).',
};
