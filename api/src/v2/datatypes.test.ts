import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, decodeNumbers, numericNames } from './datatypes.ts';

test.each(numericNames)(
  'numbers of %s are the same alone and with others, wherever they are in memory',
  (datatype) => {
    const size = bytesOf(datatype) as number;
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20 * size, maxLength: 20 * size }),
        fc.nat(7),
        (bytes, offset) => {
          const raw = new Uint8Array([...Array(offset).fill(0), ...bytes]).subarray(offset);
          const alone = Array.from({ length: 20 }, (_, i) =>
            decodeNumbers(datatype, raw.subarray(i * size, (i + 1) * size), 1),
          );
          expect(Array.from(decodeNumbers(datatype, raw, 20))).toEqual(
            alone.flatMap((one) => Array.from(one)),
          );
        },
      ),
      { numRuns: 20 },
    );
  },
);
