import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { matchedBy } from './matched.ts';
import { survivalPartner } from './survival.ts';

test.each([
  ['status', ['age', 'time'], 'time'],
  ['pgstat', ['age', 'pgtime'], 'pgtime'],
  ['DEATH_EVENT', ['platelets', 'time'], 'time'],
  ['fustat', ['futime', 'age'], 'futime'],
  ['cens', ['survival_months'], 'survival_months'],
  ['status', ['age', 'income', 'times'], undefined],
  ['diagnosis', ['time'], undefined],
  ['status', ['protime', 'bedtime'], undefined],
])('the target %s with the numbers %j has the follow-up %s', (name, numbers, partner) => {
  expect(survivalPartner({ name, isStatus: true }, numbers)).toBe(partner);
});

test('the length of a follow-up as the target is recognised too', () => {
  expect(survivalPartner({ name: 'time', isStatus: false }, ['age', 'status'])).toBe('status');
  expect(survivalPartner({ name: 'mpg', isStatus: false }, ['age', 'status'])).toBeUndefined();
});

/** As R's infert: sets of one case and two controls, one set has one control only. */
function infertLike() {
  const stratum = Array.from({ length: 248 }, (_, i) => (i < 247 ? Math.floor(i / 3) : 82));
  const target = stratum.map((set, i) => Number(stratum.indexOf(set) === i));
  return { stratum, target };
}

test('sets of one case and two controls are a matched study', () => {
  const { stratum, target } = infertLike();
  expect(matchedBy([{ name: 'age', values: stratum.map((_, i) => i % 7) }], target)).toBeUndefined();
  expect(matchedBy([{ name: 'stratum', values: stratum }], target)).toEqual({
    column: 'stratum',
    sets: 83,
    positives: 1,
    negatives: 2,
  });
});

test('pairs that came about by chance are not a matched study', () => {
  const random = createRandom(2);
  const pairs = Array.from({ length: 200 }, (_, i) => i >> 1);
  const target = pairs.map(() => random.below(2));
  expect(matchedBy([{ name: 'pair', values: pairs }], target)).toBeUndefined();
});
