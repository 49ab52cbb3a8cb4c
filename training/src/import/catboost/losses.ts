import type { Manifest } from '@hearth/artifact';
import { ImportFault } from '../imported.ts';
import type { Part } from '../part.ts';

/** What a loss makes of the scores. */
interface Loss {
  target: 'binary' | 'classes' | 'numeric' | 'count';
  link: Manifest['answer']['link'];
}

const probability: Loss = { target: 'binary', link: 'logit' };
const value: Loss = { target: 'numeric', link: 'identity' };

const losses: Readonly<Record<string, Loss>> = {
  Logloss: probability,
  CrossEntropy: probability,
  MultiClass: { target: 'classes', link: 'softmax' },
  MultiClassOneVsAll: { target: 'classes', link: 'logit' },
  RMSE: value,
  MAE: value,
  MAPE: value,
  Quantile: value,
  Huber: value,
  Lq: value,
  Expectile: value,
  Poisson: { target: 'count', link: 'log' },
  Tweedie: { target: 'numeric', link: 'log' },
};

/** @param part `model_info.params.loss_function` @throws ImportFault for a loss whose answers cannot be given */
export function lossOf(part: Part): Loss & { name: string; quantile?: number } {
  const name = part.get('type').text();
  if (!Object.hasOwn(losses, name))
    throw new ImportFault(
      `hearth does not know how CatBoost makes answers with the loss ${name}; it knows ${Object.keys(losses).join(', ')}`,
    );
  const alpha = name === 'Quantile' ? (part.find('params')?.find('alpha')?.number() ?? 0.5) : undefined;
  return { ...losses[name], name, ...(alpha !== undefined && { quantile: alpha }) };
}
