import { expect, test } from 'vitest';
import { hintOptions } from './options.ts';

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
