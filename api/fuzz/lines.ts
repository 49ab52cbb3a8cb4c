import fc, { type Arbitrary } from 'fast-check';
import type { RowSchema } from './oracle.ts';
import { stringify } from './request.ts';

/** Lines of JSON, with garbage among them now and then. */
export const ndjson = (rows: Arbitrary<unknown[]>): Arbitrary<string> =>
  fc
    .tuple(rows, fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.option(fc.string({ unit: 'binary' })))
    .map(([some, end, ends, garbage]) => {
      const lines = some.map(stringify);
      if (garbage !== null) lines.splice(lines.length / 2, 0, garbage);
      return lines.join(end) + (ends ? end : '');
    });

/** CSV whose cells may be anything. */
export function csv(schema: RowSchema): Arbitrary<string> {
  const name = fc.constantFrom(...Object.keys(schema.properties));
  const values = Object.values(schema.properties).flatMap((column) => column.enum ?? []);
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '1',
      '54',
      '+5',
      '.5',
      '1,5',
      '1.234',
      '"54"',
      ' 54 ',
      ' "54" ',
      ...values.map(String),
    ),
    fc.string({ maxLength: 5 }),
  );
  return fc
    .tuple(
      fc.oneof({ weight: 9, arbitrary: fc.uniqueArray(name, { minLength: 1 }) }, fc.array(fc.string())),
      fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 8 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\n \n'),
      fc.constantFrom('', '\uFEFF'),
      fc.boolean(),
    )
    .map(([head, lines, delimiter, end, mark, hasSeparator]) => {
      const padded = lines.map((cells) => head.map((_, i) => cells[i] ?? ''));
      const separator = hasSeparator ? `sep=${delimiter}${end}` : '';
      return mark + separator + [head, ...padded].map((cells) => cells.join(delimiter)).join(end);
    });
}
