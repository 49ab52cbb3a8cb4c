import fc, { type Arbitrary } from 'fast-check';
import type { RowSchema } from './oracle.ts';
import type { Cells } from './request.ts';

/** A row that the document allows. */
export function validRow({ properties, required = [] }: RowSchema): Arbitrary<Cells> {
  const cells = Object.entries(properties).map(([name, { type, enum: values, minimum, maximum }]) => {
    if (values) return [name, fc.constantFrom(...values)];
    const number = type.includes('integer')
      ? fc.integer({ min: minimum, max: maximum })
      : fc.double({ min: minimum, max: maximum, noNaN: true });
    return [name, type.includes('null') ? fc.option(number) : number];
  });
  return fc.record(Object.fromEntries(cells), { requiredKeys: required });
}

/** A valid row with one thing in it that may be wrong. */
export function nearlyValid(schema: RowSchema): Arbitrary<unknown> {
  const names = Object.keys(schema.properties);
  const name = fc.oneof(
    fc.constantFrom(...names, '__proto__', 'constructor', 'toString', '', 'a/b~c'),
    fc.constantFrom(...names).map((text) => text.slice(1)),
    fc.string(),
  );
  const value = fc.oneof(
    fc.constantFrom('54', '', true, -1, 1e300, -0, 0.5, [], {}, [null], 'nonsense'),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const row = fc.tuple(validRow(schema), name, value).map(([valid, key, odd]) => {
    const entries = [...Object.entries(valid).filter(([other]) => other !== key), [key, odd]];
    return Object.fromEntries(entries);
  });
  return fc.oneof(row, fc.jsonValue({ maxDepth: 2 }));
}

/** Mostly valid rows. */
export const someRows = (schema: RowSchema): Arbitrary<unknown[]> =>
  fc.array(fc.oneof({ weight: 20, arbitrary: validRow(schema) }, nearlyValid(schema)), { maxLength: 8 });
