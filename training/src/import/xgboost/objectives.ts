import type { Manifest } from '@hearth/artifact';
import { ImportFault } from '../imported.ts';

/** What an objective makes of the scores, and how its base score becomes one. */
export interface Objective {
  target: 'binary' | 'classes' | 'numeric' | 'count';
  link: Manifest['answer']['link'];
  /** From the base score in the file, which is on the scale of the answer, to the margin; in float32. */
  margin(base: number): number;
  note?: string;
}

const f = Math.fround;
const same = (base: number): number => f(base);
const logOf = (base: number): number => f(Math.log(f(base)));

/** As ProbToMargin of XGBoost's sigmoid, which keeps away from 0 and 1. */
function logitOf(base: number): number {
  const epsilon = f(1e-6);
  const kept = Math.min(f(1 - epsilon), Math.max(epsilon, f(base)));
  return -f(Math.log(f(f(1 / kept) - 1)));
}

const logistic: Objective = { target: 'binary', link: 'logit', margin: logitOf };
const values: Objective = { target: 'numeric', link: 'identity', margin: same };
const ratios: Objective = { target: 'numeric', link: 'log', margin: logOf };
const classes: Objective = { target: 'classes', link: 'softmax', margin: same };

const ranking = 'a ranking: the answer is a score that orders rows, not a value of the target';

const objectives: Readonly<Record<string, Objective>> = {
  'binary:logistic': logistic,
  'reg:logistic': logistic,
  'binary:logitraw': {
    ...logistic,
    margin: same,
    note: 'XGBoost answers with log-odds here; hearth answers with their probability',
  },
  'multi:softprob': classes,
  'multi:softmax': {
    ...classes,
    note: 'XGBoost answers with a class here; hearth answers with the probability of each',
  },
  'reg:squarederror': values,
  'reg:linear': values,
  'reg:squaredlogerror': values,
  'reg:absoluteerror': values,
  'reg:pseudohubererror': values,
  'reg:quantileerror': values,
  'count:poisson': { target: 'count', link: 'log', margin: logOf },
  'reg:gamma': ratios,
  'reg:tweedie': ratios,
  'survival:cox': { ...ratios, note: 'the answer is a hazard ratio, not a time or a probability' },
  'survival:aft': { ...ratios, note: 'the answer is a time' },
  'rank:pairwise': { ...values, note: ranking },
  'rank:ndcg': { ...values, note: ranking },
  'rank:map': { ...values, note: ranking },
};

const refused: Readonly<Record<string, string>> = {
  'binary:hinge':
    'answers with a class, 0 or 1, without a probability; train it with the objective binary:logistic',
  'reg:expectileerror':
    'makes its answers of several sums; train it with reg:squarederror or reg:quantileerror',
};

/** @throws ImportFault for an objective whose answers cannot be given */
export function objectiveOf(name: string): Objective {
  if (Object.hasOwn(objectives, name)) return objectives[name];
  if (Object.hasOwn(refused, name)) throw new ImportFault(`the objective ${name} ${refused[name]}`);
  throw new ImportFault(
    `hearth does not know how XGBoost makes answers with the objective ${name}; it knows ${Object.keys(objectives).join(', ')}`,
  );
}
