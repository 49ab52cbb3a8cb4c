import type { Manifest } from '@hearth/artifact';
import { ImportFault } from '../imported.ts';

/** What an objective makes of the scores. */
export interface Objective {
  target: 'binary' | 'classes' | 'numeric' | 'count';
  link: Manifest['answer']['link'];
  /** What a score is multiplied by before the link. */
  scale?: number;
  quantile?: number;
  note?: string;
}

const values: Objective = { target: 'numeric', link: 'identity' };
const ratios: Objective = { target: 'numeric', link: 'log' };
const ranking: Objective = {
  ...values,
  note: 'a ranking: the answer is a score that orders rows, not a value of the target',
};

const plain: Readonly<Record<string, Objective>> = {
  regression: values,
  regression_l1: values,
  huber: values,
  fair: values,
  mape: values,
  quantile: values,
  poisson: { target: 'count', link: 'log' },
  gamma: ratios,
  tweedie: ratios,
  cross_entropy: { target: 'binary', link: 'logit' },
  xentropy: { target: 'binary', link: 'logit' },
  multiclass: { target: 'classes', link: 'softmax' },
  lambdarank: ranking,
  rank_xendcg: ranking,
};

const refused: Readonly<Record<string, string>> = {
  cross_entropy_lambda:
    'answers with log(1 + exp(score)), which is no probability; train it with the objective cross_entropy',
};

/** @param line such as `binary sigmoid:1`; undefined for an objective of the user's own */
export function objectiveOf(line: string | undefined): Objective {
  if (line === undefined || line === '' || line === 'custom')
    return {
      ...values,
      note: 'the objective is not in the file: the answer is the raw score, as LightGBM gives it',
    };
  const [name, ...words] = line.split(' ');
  const options = new Map(words.map((word) => word.split(':', 2) as [string, string | undefined]));
  if (options.has('sqrt'))
    throw new ImportFault(
      'was trained with reg_sqrt, and its answers are squares of scores; train it with the root of the target as the target',
    );
  if (name === 'binary' || name === 'multiclassova') {
    const scale = Number(options.get('sigmoid') ?? 1);
    if (!(scale > 0 && scale < Infinity))
      throw new ImportFault(`has the objective ${line}, whose sigmoid is not a number above 0`);
    return { target: name === 'binary' ? 'binary' : 'classes', link: 'logit', scale };
  }
  if (Object.hasOwn(plain, name)) return plain[name];
  const whole = name === 'xentlambda' ? 'cross_entropy_lambda' : name;
  if (Object.hasOwn(refused, whole)) throw new ImportFault(`the objective ${whole} ${refused[whole]}`);
  throw new ImportFault(
    `hearth does not know how LightGBM makes answers with the objective ${name.slice(0, 60)}; it knows binary, multiclassova, ${Object.keys(plain).join(', ')}`,
  );
}
