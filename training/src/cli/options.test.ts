import { expect, test } from 'vitest';
import { hintOptions, prior } from './options.ts';

test('what a user says about a file can be copied to another command', () => {
  const hints = {
    target: "who's ill",
    leaveOut: ['visit, first', 'id'],
    classes: true,
    encoding: 'latin1',
    sampling: { count: 'n', prior: 0.1 },
  };
  expect(hintOptions(hints)).toBe(
    `--target 'who'\\''s ill' --encoding latin1 --leave-out '"visit, first",id' --count n --prior 0.1 --classes`,
  );
});

test('the shares of several classes are one option', () => {
  expect(prior('0.02')).toBe(0.02);
  const shares = { low: 0.2, 'a=b': 0.5, 'high, or so': 0.3 };
  expect(prior('low=0.2,a=b=0.5,"high, or so=0.3"')).toEqual(shares);
  expect(hintOptions({ target: 'y', sampling: { prior: { low: 0.2, 'high, or so': 0.8 } } })).toBe(
    `--target y --prior 'low=0.2,"high, or so=0.8"'`,
  );
  expect(() => prior('low=0.2,high')).toThrow('It takes CLASS=SHARE with commas between, not "high".');
  expect(() => prior('low=2,high=0.3')).toThrow('above 0 and below 1');
  expect(() => prior('low=0.2,low=0.3')).toThrow('It names "low" twice.');
});
