import { expect, test } from 'vitest';
import { tinyManifest } from '../../testing/tiny-model.ts';
import { consistencyFault } from './consistency.ts';
import type { Bins, Manifest } from './manifest.ts';

type Tiny = ReturnType<typeof tinyManifest>;

const faultOf = (change: (manifest: Tiny) => void, format: 1 | 2 = 2) => {
  const manifest = { ...tinyManifest(), format };
  change(manifest);
  return consistencyFault(manifest);
};

const ages: Bins = { column: 'age', edges: [29, 50, 77], counts: [4, 5], missing: 1 };
const sexes: Bins = { column: 'sex', values: ['male'], counts: [6, 3], missing: 1 };

test('what fits is no fault', () => {
  const same: Bins = { column: 'weight', edges: [40, 120, 120], counts: [4, 6], missing: 0 };
  const fit = (manifest: Tiny) => {
    Object.assign(manifest.data, { bins: [ages, sexes, same], missing: { age: 1 } });
    Object.assign(manifest.data, { prior: { training: 0.5, population: 0.1 }, decision: { threshold: 0.3 } });
    Object.assign(manifest.data, { weights: { column: 'w', kind: 'count' }, groups: 'patient', time: 'day' });
  };
  expect(faultOf(fit)).toBeUndefined();
});

const scores = { rmse: { mean: 1, sd: 0 }, mae: { mean: 1, sd: 0 }, r2: { mean: 1, sd: 0 } };
const numeric = (manifest: Tiny) => {
  manifest.target = { name: 'height', type: 'numeric' };
  Object.assign(manifest.evaluation, { kind: 'value', model: scores });
};
const withOutcome: Manifest['interval'] = {
  level: 0.9,
  method: 'by hand',
  base: 0,
  divisor: 1,
  outcome: { method: 'by hand', of: 'ratio', noise: 1, quantiles: [{ given: 1, low: -1, high: 1 }] },
};
const threeClasses = ['a', 'b', 'c'].map((value) => ({ value }));
const classes = (more: object) => (manifest: Tiny) => {
  manifest.target = { name: 'y', type: 'classes', classes: threeClasses };
  Object.assign(manifest.evaluation, { kind: 'classes', ...more });
};
const data = (more: Partial<Manifest['data']>) => (manifest: Tiny) => {
  Object.assign(manifest.data, more);
};

test.each<[string, (manifest: Tiny) => void]>([
  [
    'the evaluation has the kind value; of a target of type binary it is chance',
    ({ evaluation }) => Object.assign(evaluation, { kind: 'value' }),
  ],
  [
    'the evaluation has the kind chance; of a target of type count it is value',
    (manifest) => Object.assign(manifest, { target: { name: 'visits', type: 'count' } }),
  ],
  [
    'the evaluation has the kind chance; of a target of type classes it is classes',
    (manifest) => Object.assign(manifest, { target: { name: 'y', type: 'classes', classes: threeClasses } }),
  ],
  [
    'evaluation.classes has 2 classes, not 3',
    classes({ classes: threeClasses.slice(1), confusion: [[], [], []] }),
  ],
  [
    'evaluation.confusion is not a table of 3 × 3 classes',
    classes({ classes: threeClasses, confusion: [[1, 2, 3], [1, 2, 3], [1]] }),
  ],
  ['data.positives is 11 of 10 rows', data({ positives: 11 })],
  ['data.classes has 9 rows in 2 classes, not 10 in 2', data({ classes: [4, 5] })],
  ['data.classes has 10 rows in 3 classes, not 10 in 2', data({ classes: [4, 5, 1] })],
  ['data.missing counts more than the 10 rows', data({ missing: { age: 11 } })],
  ['data.missing names the column "height", which does not exist', data({ missing: { height: 1 } })],
  [
    'data.bins names the column "height", which does not exist',
    data({ bins: [{ ...ages, column: 'height' }] }),
  ],
  ['data.bins names a column twice', data({ bins: [ages, ages] })],
  ['data.bins of the column "age" have 9 rows, not 10', data({ bins: [{ ...ages, missing: 0 }] })],
  [
    'data.bins of the column "age" have edges that do not ascend',
    data({ bins: [{ ...ages, edges: [29, 29, 77] }] }),
  ],
  [
    'data.bins of the column "age" have edges that do not ascend',
    data({ bins: [{ ...ages, edges: [29, 77, 50] }] }),
  ],
  ['data.bins of the column "age" have 2 counts for 2 edges', data({ bins: [{ ...ages, edges: [29, 77] }] })],
  [
    'data.bins of the column "sex" have 3 counts for 1 values',
    data({ bins: [{ ...sexes, counts: [6, 2, 1] }] }),
  ],
  [
    'data.bins of the column "sex" name a value twice',
    data({ bins: [{ ...sexes, values: ['male', 'male'] }] }),
  ],
  ['data.weights names the target', data({ weights: { column: 'disease', kind: 'count' } })],
  ['data.groups names the target', data({ groups: 'disease' })],
  ['data.time names the target', data({ time: 'disease' })],
  [
    'data.decision is of a probability, the target is of type numeric',
    (manifest) => {
      numeric(manifest);
      data({ decision: { threshold: 0.5 } })(manifest);
    },
  ],
  [
    'data.prior is of a probability, the target is of type numeric',
    (manifest) => {
      numeric(manifest);
      data({ prior: { training: 0.5, population: 0.1 } })(manifest);
    },
  ],
  [
    'data.priors has 2 and 2 shares; the target has 3 classes',
    (manifest) => {
      classes({ classes: threeClasses, confusion: [[], [], []] })(manifest);
      data({ priors: { training: [0.5, 0.5], population: [0.1, 0.9] } })(manifest);
    },
  ],
  [
    'evaluation.importance names the column "height", which does not exist',
    ({ evaluation }) => Object.assign(evaluation, { importance: [{ column: 'height', value: 1 }] }),
  ],
  [
    'interval.outcome is a ratio, which needs the link log, not identity',
    (manifest) => {
      numeric(manifest);
      manifest.interval = withOutcome;
    },
  ],
  [
    'interval.outcome is of a value, the target is of type binary',
    (manifest) => {
      manifest.interval = withOutcome;
    },
  ],
])('%s', (fault, change) => {
  expect(faultOf(change)).toBe(fault);
});

test('of format 1 only the kind of the evaluation is looked at: what is published stays readable', () => {
  expect(faultOf(data({ missing: { height: 1 } }), 1)).toBeUndefined();
  expect(faultOf(({ evaluation }) => Object.assign(evaluation, { kind: 'value' }), 1)).toContain('kind');
});
