import { type ExampleColumn, exampleCodes, exampleColumns } from '@hearth/artifact/testing/text-tables';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, openWays, type Reading, type Ways } from '../testing/table-ways.ts';

/** Cells that are read by every way: `FUZZ_REQUESTS=50000 npx vitest run --project=unit api/fuzz` for more of them. */
const count = Number(process.env.FUZZ_REQUESTS || 2000);
const cellsOfTable = 10;

const names = Object.keys(exampleColumns) as ExampleColumn[];
const tableWays = ['/predict', '/invocations', 'hearth predict', 'train', 'prepare'] as const;
let ways: Ways;
beforeAll(async () => {
  ways = await openWays();
});
afterAll(() => ways.close());

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 4 });
const number = fc
  .tuple(
    fc.constantFrom('', '', '+', '-'),
    digits,
    fc.constantFrom('', '.', ','),
    digits,
    fc.constantFrom('', '', 'e2', 'E-1', 'e'),
  )
  .map((parts) => parts.join(''));
const near = fc.string({ unit: fc.constantFrom(...'0159.,;+-eE \u00a0axNR_%'), maxLength: 8 });
const text = fc.oneof(
  number,
  near,
  fc.constantFrom(...exampleColumns.c.categories, ...exampleCodes, '', 'NA', 'Infinity', '2024-05-01'),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((some) => some.replace(/[\r\n"]/g, '')),
);
const valid: Record<ExampleColumn, fc.Arbitrary<string>> = {
  n: fc.constantFrom('5', '-0.5', '2,5', '.5', '1e3', '+12.5', '0,125'),
  i: fc.constantFrom('5', '+7', '-99', '1e2', '5.0'),
  c: fc.constantFrom(...exampleColumns.c.categories),
};
const spaces = fc.constantFrom('', '', ' ', '  ');
/** A cell as it stands in a table, in quotes or not. */
const cellOf = (column: ExampleColumn) =>
  fc
    .tuple(fc.oneof({ weight: 6, arbitrary: valid[column] }, text), spaces, fc.boolean())
    .map(([some, space, isQuoted]) => {
      const needsQuotes = isQuoted || (/[,;\t"]/.test(some) && !/^[\d,+-]+$/.test(some));
      return space + (needsQuotes ? `"${some.replaceAll('"', '""')}"` : some) + space;
    });
const cells = fc.record({ n: cellOf('n'), i: cellOf('i'), c: cellOf('c') });

const table: fc.Arbitrary<Asked> = fc
  .record({
    columns: fc.shuffledSubarray(names, { minLength: 1 }),
    delimiter: fc.constantFrom(',', ';', '\t'),
    lines: fc.array(cells, { minLength: 1, maxLength: 3 }),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    mark: fc.constantFrom('', '\uFEFF'),
    separator: fc.boolean(),
    blank: fc.constantFrom('', '', ' '),
    isEnded: fc.boolean(),
    spoilt: fc.constantFrom('', '', '', '', '"', ',', ';', '\t'),
  })
  .map(({ columns, delimiter, lines, end, mark, separator, blank, isEnded, spoilt }) => {
    const named = separator || columns.length === 1;
    const records = lines.map((row) => columns.map((name) => row[name]).join(delimiter));
    // one quote too many at most: of two, a file makes one cell, and a stream two faults
    records[0] += spoilt;
    // a stream without rows is answered by none, the others refuse it
    if (records.every((record) => record.trim() === '')) records[0] = '5';
    const all = [...(named ? [`sep=${delimiter}`] : []), columns.join(delimiter), blank, ...records];
    return { table: mark + all.join(end) + (isEnded ? end : ''), delimiter, columns };
  });

/**
 * What all ways say: a file says which record has not as many cells as the header, and no more; training says a fault of several cells
 * of a column once.
 */
function comparable(reading: Reading): object {
  if ('rows' in reading) return reading;
  const faults = reading.faults.map(({ column, detail }) => ({
    column,
    detail: detail.replace(/; (likewise |the same in \d).*$/s, ''),
  }));
  const ofRecord = faults.find(({ column }) => column === undefined);
  const distinct = new Set(faults.map((fault) => JSON.stringify(fault)));
  return { faults: ofRecord ? [ofRecord] : [...distinct].sort() };
}

test(
  `${count} cells in tables of any dialect are read alike by all ways`,
  async () => {
    const found = { rows: 0, faults: 0 };
    await fc.assert(
      fc.asyncProperty(table, async (asked) => {
        const readings = [];
        for (const way of tableWays) readings.push({ way, reading: comparable(await ways[way](asked)) });
        const [{ reading: first }] = readings;
        found['rows' in first ? 'rows' : 'faults']++;
        for (const { way, reading } of readings) expect({ way, reading }).toEqual({ way, reading: first });
      }),
      { numRuns: count / cellsOfTable },
    );
    expect(Math.min(found.rows, found.faults)).toBeGreaterThan(count / cellsOfTable / 20);
  },
  60_000 + 20 * count,
);

test(
  'a text is the same alone in a tensor as in quotes in a table',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), text, async (column, some) => {
        const quoted = `"${some.replaceAll('"', '""')}"`;
        const line = (cell: string) => names.map((name) => (name === column ? cell : '')).join(',');
        const asked: Asked = {
          table: `${names.join(',')}\n${line(quoted)}\n`,
          delimiter: ',',
          columns: names,
        };
        const byTensor = comparable(await ways.v2(names.map((name) => (name === column ? some : ''))));
        expect(comparable(await ways['/predict'](asked))).toEqual(byTensor);
        expect(comparable(await ways['hearth predict'](asked))).toEqual(byTensor);
      }),
      { numRuns: count / cellsOfTable },
    );
  },
  60_000 + 20 * count,
);
