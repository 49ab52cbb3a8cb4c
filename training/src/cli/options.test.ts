import { expect, test } from 'vitest';
import { hintOptions } from './options.ts';

test('what a user says about a file can be copied to another command', () => {
  const hints = {
    target: "who's ill",
    leaveOut: ['visit, first', 'id'],
    classes: true,
    sampling: { count: 'n', prior: 0.1 },
  };
  expect(hintOptions(hints, { table: 'clinic.visits' })).toBe(
    `--target 'who'\\''s ill' --leave-out '"visit, first",id' --count n --prior 0.1 --table clinic.visits --classes`,
  );
});
