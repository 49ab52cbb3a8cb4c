import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inSet, setWriter } from './prediction-set.ts';

const chances = fc
  .array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 })
  .map((all) => Float64Array.from(all, (each) => each / all.reduce((sum, one) => sum + one)));

const ofLevel = (thresholds: { given: number; least: number }[]) =>
  ({ level: 0.9, method: 'any', thresholds }) as const;

test('a set is never empty: it has every class from the threshold on, and the first of the most probable ones', () => {
  fc.assert(
    fc.property(chances, fc.double({ min: 0, max: 1, noNaN: true }), (outputs, least) => {
      const set = new Uint8Array(outputs.length).fill(7);
      setWriter(ofLevel([{ given: 1, least }]), outputs.length, 1)(outputs, set, 0, 1);
      const classes = inSet(set, outputs.length);
      const most = outputs.indexOf(Math.max(...outputs));
      expect(classes).toEqual(Array.from(outputs.keys()).filter((k) => outputs[k] >= least || k === most));
    }),
  );
});

test('the threshold is that of the share of given columns that is nearest', () => {
  const write = setWriter(
    ofLevel([
      { given: 0, least: 0.1 },
      { given: 1, least: 0.4 },
    ]),
    3,
    4,
  );
  const outputs = Float64Array.of(0.45, 0.35, 0.2);
  const set = new Uint8Array(3);
  const sets = [0, 2, 3, 4].map((given) => {
    write(outputs, set, 0, given);
    return inSet(set, 3);
  });
  expect(sets).toEqual([[0, 1, 2], [0, 1, 2], [0], [0]]);
});
