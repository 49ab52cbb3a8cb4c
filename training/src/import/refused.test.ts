import { expect, test } from 'vitest';
import { objectiveOf as lightgbm } from './lightgbm/objectives.ts';
import { Part } from './part.ts';
import { columnsOf } from './xgboost/columns.ts';
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

test('names of categories that XGBoost 3.2 cut are not taken: their codes are the values', () => {
  // "Recife", "São Paulo", of which the last byte is missing
  const values = [...Buffer.from('RecifeSão Paul')].map((byte) => (byte << 24) >> 24);
  const learner = new Part({ feature_names: ['city'], feature_types: ['c'] });
  const model = new Part({ cats: { enc: [{ offsets: [0, 6, 15], values }] } });
  expect(columnsOf(learner, model, 1, true)).toEqual([
    { name: 'city', type: 'category', open: true, codes: 2 },
  ]);
  expect(columnsOf(learner, model, 1)[0].categories).toEqual(['Recife', 'São Paul']);
});
