import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categoryTable, findCategory } from './categories.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', 'a', 'ab', 'abcd', 'abcde', 'abcdxabcd', 'abcdyabcd', 'abcdzabcd', 'ação'),
);

test('finds each category by its bytes, wherever they are, and no other text', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(text, { minLength: 1, maxLength: 40 }),
      fc.array(text),
      fc.nat(9),
      (categories, others, offset) => {
        const table = categoryTable(categories);
        for (const each of [...categories, ...others]) {
          const bytes = Buffer.concat([Buffer.alloc(offset, 'a'), Buffer.from(each), Buffer.from('abc')]);
          const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
          expect(findCategory(table, view, offset, Buffer.byteLength(each))).toBe(categories.indexOf(each));
        }
      },
    ),
  );
});
