import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ColumnCells } from './cells.ts';
import { bytesOf, numericNames } from './datatypes.ts';
import { numberReader } from './elements.ts';

const arrays = {
  FP64: Float64Array,
  FP32: Float32Array,
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
  UINT64: BigUint64Array,
};

/** A column that takes every number as it is. */
const column: ColumnCells = {
  name: 'x',
  missing: Number.NaN,
  ofValue: Number,
  ofText: Number,
  accepted: numericNames,
  ofFloat32: (value) => value,
  minimum: Number.NEGATIVE_INFINITY,
  maximum: Number.POSITIVE_INFINITY,
  isWhole: false,
};

test.each(numericNames)(
  'elements of %s are those of a typed array, wherever they are in memory',
  (datatype) => {
    const rows = 20;
    const size = rows * Number(bytesOf(datatype));
    const bytes = fc.uint8Array({ minLength: size, maxLength: size });
    fc.assert(
      fc.property(bytes, fc.nat(7), fc.subarray([...Array(rows).keys()]), (bytes, offset, small) => {
        const made = new arrays[datatype as keyof typeof arrays](bytes.slice().buffer);
        const isLong = typeof made[0] === 'bigint';
        // most are beyond what is exact
        if (isLong) for (const row of small) made[row] = (made[row] as bigint) % 2n ** 53n;
        const raw = Buffer.concat([Buffer.alloc(offset), Buffer.from(made.buffer)]).subarray(offset);
        const cells = new Float64Array(rows);
        const target = { columns: [column], place: 0, width: 1 };
        const fault = numberReader(raw, rows, datatype, target, undefined)(0, rows, cells);
        const numbers = Array.from(made, Number);
        const inexact = isLong ? numbers.findIndex((number) => !Number.isSafeInteger(number)) : -1;
        expect(fault?.row ?? -1).toBe(inexact);
        const read = inexact < 0 ? rows : inexact;
        expect(Array.from(cells.subarray(0, read))).toEqual(numbers.slice(0, read));
      }),
    );
  },
);
