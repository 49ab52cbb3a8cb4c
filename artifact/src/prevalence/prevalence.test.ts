import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logit } from '../answer/link.ts';
import type { Readings } from '../answer/readings.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Model } from '../model.ts';
import { atPrevalence, type Shares, sharesOf } from './prevalence.ts';

/** As much of a model as is moved. @param link of its answer */
const modelOf = (classes: number, link: Manifest['answer']['link'] = 'logit') =>
  ({
    manifest: {
      answer: { link },
      target:
        classes > 1
          ? { type: 'classes', classes: Array.from({ length: classes }, (_, k) => ({ value: `${k}` })) }
          : { type: 'binary' },
    },
    explain: (_row: object, k = 0) => ({ scale: 'log-odds', base: k, values: {} }),
  }) as unknown as Model;

const moved = (readings: Readings, own: Shares, asked: Shares): Readings => {
  const copy = structuredClone(readings);
  atPrevalence(modelOf(own.length), own, asked).move(copy);
  return copy;
};

const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const close = (a: number, b: number) => Math.abs(a - b) <= 1e-8;

test('a probability and both ends of its interval move by the same log-odds, and back', () => {
  fc.assert(
    fc.property(share, share, fc.array(share, { minLength: 1, maxLength: 5 }), (own, asked, chances) => {
      const answer = Float64Array.from(chances);
      const readings = { answer, low: answer.map((p) => p / 2), high: answer.map((p) => (1 + p) / 2) };
      const there = moved(readings, [own], [asked]);
      const by = logit(asked) - logit(own);
      const back = moved(there, [asked], [own]);
      return (['answer', 'low', 'high'] as const).every((name) =>
        readings[name].every(
          (p, i) => close(logit(there[name]?.[i] ?? 0) - logit(p), by) && close(back[name]?.[i] ?? 0, p),
        ),
      );
    }),
  );
});

test('what is certain stays certain', () => {
  const { answer } = moved({ answer: Float64Array.of(0, 1) }, [0.5], [0.01]);
  expect(Array.from(answer)).toEqual([0, 1]);
});

test('the probabilities of several classes are multiplied by the ratio of the shares, and add up to 1', () => {
  const outputs = Float64Array.of(0.2, 0.3, 0.5, 1, 0, 0);
  const readings = { answer: Float64Array.of(0.2, 1), outputs, sets: Uint8Array.of(0, 0, 1, 1, 0, 0) };
  const there = moved(readings, [0.5, 0.25, 0.25], [0.25, 0.5, 0.25]);
  const sum = 0.1 + 0.6 + 0.5;
  expect(Array.from(there.outputs ?? [])).toEqual(
    [0.1 / sum, 0.6 / sum, 0.5 / sum, 1, 0, 0].map((p) => expect.closeTo(p, 12)),
  );
  expect(Array.from(there.answer)).toEqual([there.outputs?.[0], 1]);
  expect(there.sets).toBeUndefined();
});

test('the base of contributions moves where they add up to the answer there', () => {
  const by = logit(0.1) - logit(0.4);
  const base = (link: Manifest['answer']['link'], own: Shares, asked: Shares, k: number) =>
    atPrevalence(modelOf(own.length, link), own, asked).model.explain({}, k).base;
  expect(base('logit', [0.4], [0.1], 0)).toBeCloseTo(by, 12);
  expect(base('softmax', [0.5, 0.5], [0.2, 0.8], 1)).toBeCloseTo(1 + Math.log(1.6), 12);
  expect(base('identity', [0.4], [0.1], 0)).toBe(0);
});

test('the own shares are those of the training rows, or of the population that answers are corrected to', () => {
  const of = (type: string, data: object, classes?: object[]) =>
    sharesOf({ target: { type, classes }, data: { rows: 10, ...data } } as unknown as Manifest);
  expect(of('binary', { positives: 4 })).toEqual([0.4]);
  expect(of('binary', { positives: 4, prior: { training: 0.4, population: 0.02 } })).toEqual([0.02]);
  expect(of('classes', { classes: [1, 9] }, [{}, {}])).toEqual([0.1, 0.9]);
  const weighted = { positives: 4, weights: { column: 'w', kind: 'importance' } };
  expect(of('binary', weighted)).toMatch(/does not say how common/);
  expect(of('binary', {})).toMatch(/does not say how common/);
  expect(of('numeric', {})).toMatch(/predicts a number/);
});
