import { expect, test } from 'vitest';
import { objectiveOf as lightgbm } from './lightgbm/objectives.ts';
import { objectiveOf as xgboost } from './xgboost/objectives.ts';

test.each([
  [() => lightgbm('regression sqrt'), 'train it with the root of the target as the target'],
  [() => lightgbm('cross_entropy_lambda'), 'train it with the objective cross_entropy'],
  [() => lightgbm('xentlambda'), 'train it with the objective cross_entropy'],
  [() => xgboost('binary:hinge'), 'train it with the objective binary:logistic'],
  [() => xgboost('reg:expectileerror'), 'train it with reg:squarederror or reg:quantileerror'],
])('an objective without an exact answer is refused with a way out', (read, wayOut) => {
  expect(read).toThrow(wayOut);
});
