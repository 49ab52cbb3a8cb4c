import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMatching } from './matching.ts';

const columns = 20;
const set = fc.integer({ min: 0, max: 2 ** columns - 1 });
/** On few columns, so that it sometimes holds. */
const condition = fc
  .tuple(set, set, set, set)
  .map(([a, b, c, d]) => ({ given: a & b & c, missing: b & c & d & ~a }));

test('finds the conditions that hold, in order', () => {
  fc.assert(
    fc.property(fc.array(condition, { maxLength: 100 }), set, (conditions, given) => {
      const found = new Int32Array(conditions.length);
      const count = createMatching(conditions, columns)(given, found);
      const expected = conditions.flatMap((each, k) =>
        (each.given & given) === each.given && (each.missing & given) === 0 ? [k] : [],
      );
      expect([...found.subarray(0, count)]).toEqual(expected);
    }),
  );
});
